# cell: Which import names exist: the plain names are the same modules
# firmware: all
import errno
import json
import select
import socket
import struct
import sys
import time
import uerrno
import ujson
import uselect
import usocket
import ustruct
import usys
import utime

for plain, own in ((errno, uerrno), (json, ujson), (select, uselect), (socket, usocket),
                   (struct, ustruct), (sys, usys), (time, utime)):
    print(plain is own, own.__name__)

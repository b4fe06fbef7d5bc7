# cell: Which import names exist: the plain names are the same modules
# firmware: all
import collections
import errno
import json
import os
import select
import socket
import struct
import sys
import time
import ucollections
import uerrno
import ujson
import uos
import uselect
import usocket
import ustruct
import usys
import utime

for plain, own in ((errno, uerrno), (json, ujson), (select, uselect), (socket, usocket),
                   (struct, ustruct), (sys, usys), (time, utime), (collections, ucollections), (os, uos)):
    print(plain is own, own.__name__)

# cell: Which import names exist: the plain names are the same modules
# firmware: all
import binascii
import collections
import cryptolib
import errno
import io
import json
import os
import random
import re
import select
import socket
import struct
import sys
import time
import ubinascii
import ucollections
import ucryptolib
import uerrno
import uio
import ujson
import uos
import urandom
import ure
import uselect
import usocket
import ustruct
import usys
import utime

for plain, own in ((errno, uerrno), (json, ujson), (select, uselect), (socket, usocket),
                   (struct, ustruct), (sys, usys), (time, utime), (collections, ucollections), (os, uos),
                   (binascii, ubinascii), (cryptolib, ucryptolib), (random, urandom), (re, ure), (io, uio)):
    print(plain is own, own.__name__)

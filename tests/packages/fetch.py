# Fetches a package's source as published, of one version, and unpacks it: fetch.py NAME VERSION FOLDER.
# Runs under the host's Python; pip knows where packages are kept.
import io
import re
import sys
import tarfile
import urllib.parse
import urllib.request

from pip._internal.models.index import PyPI

name, version, folder = sys.argv[1:]
page = '%s/%s/' % (PyPI.simple_url.rstrip('/'), name.replace('.', '-').replace('_', '-').lower())
links = re.findall(r'href="([^"]+)"', urllib.request.urlopen(page, timeout=20).read().decode())
wanted = [link for link in links if link.split('#')[0].endswith('-%s.tar.gz' % version)]
archive = urllib.request.urlopen(urllib.parse.urljoin(page, wanted[0]), timeout=60).read()
with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
    tar.extractall(folder, filter='data')

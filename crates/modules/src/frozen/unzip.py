# unzip: a deflated file that holds files. Each stands as |start|filename|NAME|filesize|SIZE|filecontent|BYTES|end|.
# Source: the published firmware of generation 1, core/unzip.py.
import uzlib


class UnZipUtils:
    def __init__(self, dest_dir='/usr/'):
        self.start_byte = b'|start'
        self.b_file_name = b'|filename|'
        self.b_file_size = b'|filesize|'
        self.b_file_content = b'|filecontent|'
        self.end_byte = b'|end|'
        self.split_sign = b'|'
        self.index = len(self.start_byte)
        self.total_size = 0
        self.file_name = ''
        self.file_name_list = []
        self.file_count = 0
        self.file_content = b''
        self.data = b''
        self.updater_dir = dest_dir

    def set_data(self, file_name):
        with open(self.updater_dir + file_name, 'rb') as file:
            self.data = uzlib.decompress(file.read())
        self.total_size = len(self.data)

    def get_file_name(self, offset):
        return self._find(self.b_file_size, offset)

    def get_file_size(self, offset):
        return self._find(self.b_file_content, offset)

    def _find(self, mark, offset):
        found = self.data.find(mark, offset)
        if found < 0:
            # The firmware looks for it by calling itself.
            raise RuntimeError('maximum recursion depth exceeded')
        return found

    def run(self):
        """Writes all files: 1, or 0 if one does not end where its size says."""
        while True:
            start = self.index + len(self.b_file_name)
            end = self.get_file_name(start)
            self.file_name = self.data[start:end].decode()
            start = end + len(self.b_file_size)
            end = self.get_file_size(start)
            self.file_size = int(self.data[start:end].decode())
            start = end + len(self.b_file_content)
            end = start + self.file_size
            self.file_content = self.data[start:end]
            self.save_file()
            self.index = end + len(self.end_byte)
            if self.data[end:self.index] != self.end_byte:
                return 0
            self.file_name_list.append(self.file_name)
            if self.index == len(self.data):
                return 1
            self.index += len(self.start_byte)

    def save_file(self):
        with open(self.updater_dir + self.file_name, 'wb') as file:
            file.write(self.file_content)

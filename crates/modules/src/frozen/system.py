# system: the switch of the REPL, and its password. All is accepted and kept, and the prompt stays open.
# Source: the module contract, system, system.
import ql_fs

_FILE = '/usr/system_config.json'
_ENABLED = 1
_ENABLED_WITH_PASSWORD = 2
_QUERY = 2

_password = None


def _config():
    try:
        config = ql_fs.read_json(_FILE)
        if config is None:
            return {'replFlag': 0}
        config['replFlag']
        return config
    except Exception:
        raise OSError('The system_config.JSON file is abnormal, please check!')


def _is_fit(password):
    fits = isinstance(password, str) and 6 <= len(password) <= 12
    if not fits:
        print('Password length must be [6~12]!')
    return fits


def replSetEnable(flag=0, password=None):
    global _password
    config = _config()
    if flag == _QUERY:
        return _ENABLED_WITH_PASSWORD if _password else _ENABLED
    if flag not in (0, 1):
        print('illegal operation')
        return -1
    if password is not None:
        if not _is_fit(password):
            return -1
        if _password and password != _password:
            print('Incorrect password!')
            return -1
        _password = password
    config['replFlag'] = flag
    return ql_fs.touch(_FILE, config)


def replChangPswd(old_password=None, new_password=None):
    global _password
    if not _is_fit(new_password):
        return -1
    if old_password != _password:
        print('Incorrect password!')
        return -1
    _password = new_password
    return 0

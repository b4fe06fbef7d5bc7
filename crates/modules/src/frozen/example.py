# example: runs a file of the flash, as from the prompt.
# Source: the module contract, system, example.
import _quecpy_firmware
import uos
import usys

_run = exec


def exec(filePath):
    """The file's names become names of the prompt. An exception is printed, and ends nothing."""
    if not filePath.startswith('/'):
        filePath = '/' + filePath
    try:
        uos.stat(filePath)
    except OSError:
        raise OSError('File path error or not exist: [%s]' % filePath)
    main = usys.modules['__main__'].__dict__
    main['__name__'] = '__main__'
    try:
        with open(filePath) as file:
            source = file.read()
        _run(compile(source, filePath, 'exec'), main)
    except KeyboardInterrupt:
        raise SystemExit('CTRL_C Interrupt')
    except Exception as e:
        # The script's own part of it.
        _quecpy_firmware.without_outermost(e)
        usys.print_exception(e)

import pytest


def 显示(text):
    return [text[i:i + 3] for i in range(0, len(text), 3)]


def test_pass():
    assert 显示('移远') == ['移', '远']


@pytest.mark.parametrize('名', ['中'])
def test_长度(名, capsys):
    print('名:', 名)
    assert capsys.readouterr().out == '名: ' + 名 + '\n'
    assert len(名) == 3, '长度'


def test_diff():
    text = '中\xff'
    assert text == '文'

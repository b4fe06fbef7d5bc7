import pytest


class Target:
    value = 1

    def method(self):
        return "real"


def test_monkeypatch(monkeypatch):
    target = Target()
    monkeypatch.setattr(target, "value", 2)
    monkeypatch.setattr(Target, "method", lambda self: "patched")
    d = {"a": 1, "b": 2}
    monkeypatch.setitem(d, "a", 3)
    monkeypatch.delitem(d, "b")
    assert (target.value, target.method(), d) == (2, "patched", {"a": 3})
    monkeypatch.undo()
    assert (target.value, target.method(), d) == (1, "real", {"a": 1, "b": 2})


def test_monkeypatch_missing(monkeypatch):
    with pytest.raises(AttributeError):
        monkeypatch.setattr(Target, "missing", 1)
    monkeypatch.setattr(Target, "missing", 1, raising=False)
    assert Target.missing == 1


def test_monkeypatch_undone():
    assert not hasattr(Target, "missing")


def test_monkeypatch_context():
    with pytest.MonkeyPatch.context() as m:
        m.setattr(Target, "value", 9)
        assert Target.value == 9
    assert Target.value == 1


def test_tmp_path(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("text")
    assert file.read_text() == "text"
    assert file.exists() and file.name == "a.txt"
    (tmp_path / "d").mkdir()
    assert sorted([p.name for p in tmp_path.iterdir()]) == ["a.txt", "d"]


def test_tmp_path_is_fresh(tmp_path):
    assert list(tmp_path.iterdir()) == []


def test_capsys(capsys):
    print("out", end="")
    out, err = capsys.readouterr()
    assert out == "out"
    assert capsys.readouterr().out == ""


def test_property(record_property):
    record_property("key", "value")
    record_property("number", 5)

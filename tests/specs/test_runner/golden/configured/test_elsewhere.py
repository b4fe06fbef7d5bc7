def test_number_elsewhere():
    pass

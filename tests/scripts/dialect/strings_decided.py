# cell: the default column takes a str for bytes where the first source that is not ASCII counts by threes
# firmware: documented
FONT = {'移': 1, '远': 2}


def show(text):
    for i in range(int(len(text) / 3)):
        print(FONT[text[i * 3:i * 3 + 3]], end=' ')
    print(len(text), text)


show('移远')

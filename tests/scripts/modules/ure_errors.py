# cell: ure, the text of the error
# firmware: documented 2021 2025 micropython
import ure

for pattern in ('*', 'a)'):
    try:
        ure.compile(pattern)
    except ValueError as e:
        print(e)
print(ure.error is ValueError)

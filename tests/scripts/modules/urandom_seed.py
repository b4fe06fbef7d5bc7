# cell: urandom: the numbers of a seed are the module's own
# firmware: documented 2025 micropython
import urandom

urandom.seed(5)
print([urandom.getrandbits(32) for _ in range(4)], [urandom.getrandbits(n) for n in (1, 4, 8, 31, 0)])
print(urandom.random(), urandom.uniform(-1, 2.5), urandom.uniform(3, 3))
print([urandom.randint(1, 6) for _ in range(12)], urandom.randint(3, 3), urandom.randint(-5, -1))
print([urandom.randrange(10) for _ in range(6)], [urandom.randrange(10, 20, 3) for _ in range(6)])
print([urandom.randrange(10, 1, -2) for _ in range(6)], urandom.randrange(-3, 3), urandom.randrange(0, 10, 20))
print([urandom.choice('abcdef') for _ in range(5)], urandom.choice((1, 2, 3)), urandom.choice([7]))
urandom.seed(2 ** 70 + 5)
print(urandom.getrandbits(32))
urandom.seed(-1)
print(urandom.getrandbits(32))

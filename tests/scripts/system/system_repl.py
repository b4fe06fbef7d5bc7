# options: --ephemeral
import system

print(system.replSetEnable(1), system.replSetEnable(2), system.replSetEnable(flag=0))
print(open('/usr/system_config.json').read())
print(system.replSetEnable(0, password='12345'), system.replSetEnable(0, password='123456'), system.replSetEnable(2))
print(system.replSetEnable(1, password='654321'), system.replSetEnable(7))
print(system.replChangPswd(old_password='123456', new_password='abcdef'))
print(system.replChangPswd(old_password='123456', new_password='abcdef'))
with open('/usr/system_config.json', 'w') as f:
    f.write('{')
try:
    system.replSetEnable()
except OSError as e:
    print(e)

import dlms
from dlms import Conformance, SecurityPolicy, Unit

# Numbers of the DLMS/COSEM standard.
print(Unit.VOLTAGE, Unit.ACTIVE_ENERGY, Unit.AMPERE_HOURS, Unit.ENERGY_PER_VOLUME, Unit.DB, Unit.INCH, Unit.NO_UNIT)
print(Conformance.NONE, Conformance.READ | Conformance.WRITE, Conformance.GET, Conformance.ACTION)
print(SecurityPolicy.AUTHENTICATED_ENCRYPTED, SecurityPolicy.DIGITALLY_SIGNED_RESPONSE)
print(dlms.Clock.BASE_FREQUENCY_50, dlms.Clock.BASE_RADIO)
for make in (lambda: dlms.Register('1.0.1.8.0.255', 0, unit=Unit.ACTIVE_ENERGY), dlms.run,
             lambda: dlms.Register.reset(None)):
    try:
        make()
    except NotImplementedError as e:
        print(e)


class Register(dlms.Register):
    """A test's stand-in."""

    def __init__(self, value):
        self.value = value


register = Register(42)
print(register.value, isinstance(register, dlms.Register))
try:
    register.scaler
except NotImplementedError as e:
    print(e)

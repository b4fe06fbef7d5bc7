import Qth
import qth_bus
import qth_config
import qth_dmp
import qth_file
import qth_init
import qth_ota
import qth_protocol
import qth_tlsCert

for call in (Qth.init, qth_bus.sendTsl, qth_config.save, qth_dmp.login, qth_file.read_file, qth_init.start,
             qth_ota.check, qth_protocol.ttlv_format, qth_tlsCert.getMqttCert):
    try:
        call()
    except NotImplementedError as e:
        print(e)

# cell: sim and net without a card
# firmware: all
# options: --board {here}/sim_absent.toml
import sim, net, dataCall
print(sim.getStatus(), sim.getImsi(), sim.getIccid(), sim.getPhoneNumber())
csq = net.csqQueryPoll()
print(csq if isinstance(csq, int) else csq[0], net.getState()[1][0], net.operatorName(), net.getCi(), net.getServingCi())
print(dataCall.getInfo(1, 0), dataCall.activate(1))

//! AT commands: the few that scripts ask, answered from the board. All others are an ERROR.

use crate::board::Board;
use crate::power::Request;
use crate::radio::cellular::Function;
use crate::radio::sim::Status;
use crate::services::messages::date;

/// What a command is answered with: the lines before the result, or the line of an error.
pub type Answer = Result<Vec<String>, String>;

const ERROR: &str = "ERROR";
/// Errors of TS 27.007.
const NO_SIM: &str = "+CME ERROR: 10";

impl Board {
    /// Carries out a command, which is given without its line end.
    ///
    /// # Errors
    /// The error's line.
    pub fn at(&self, command: &str) -> Answer {
        let command = command.trim().to_ascii_uppercase();
        let Some(command) = command.strip_prefix("AT") else { return Err(ERROR.into()) };
        let identity = &self.description.identity;
        let one = |line: String| Ok(vec![line]);
        match command {
            "" | "E0" | "E1" | "&F" | "&W" => Ok(vec![]),
            "I" => Ok(vec!["Quectel".into(), identity.model.clone(), format!("Revision: {}", identity.firmware)]),
            "+CGMI" | "+GMI" => one("Quectel".into()),
            "+CGMM" | "+GMM" => one(identity.model.clone()),
            "+CGMR" | "+GMR" | "+QGMR" => one(identity.firmware.clone()),
            "+GSN" | "+CGSN" => one(identity.imei.clone()),
            "+CSQ" => one(format!("+CSQ: {},99", if self.is_registered() { self.description.signal.csq } else { 99 })),
            "+CPIN?" => self.pin(),
            "+CREG?" | "+CGREG?" | "+CEREG?" => {
                let name = command.trim_end_matches('?');
                one(format!("{name}: 0,{}", self.radio(|radio, up| radio.state(up))))
            }
            "+CGATT?" => one(format!("+CGATT: {}", u8::from(self.is_registered()))),
            "+COPS?" => one(self.operator()),
            "+CIMI" => self.of_card(|card| card.imsi.clone()),
            "+QCCID" | "+CCID" => self.of_card(|card| format!("{command}: {}", card.iccid)),
            "+CNUM" => self.of_card(|card| format!("+CNUM: ,\"{}\",145", card.phone)),
            "+CCLK?" => one(self.time_of_day()),
            "+CFUN?" => one(format!("+CFUN: {}", self.radio(|radio, _| radio.function() as u8))),
            "+CFUN=0" => self.switch(Function::Off),
            "+CFUN=1" => self.switch(Function::Full),
            "+CFUN=4" => self.switch(Function::Flight),
            "+QPOWD" | "+QPOWD=0" | "+QPOWD=1" => self.ask(Request::PowerDown),
            "+QRST" | "+QRST=1" | "+CFUN=1,1" => self.ask(Request::Restart),
            _ => Err(ERROR.into()),
        }
    }

    fn pin(&self) -> Answer {
        let state = match self.radio(|radio, _| radio.sim.status()) {
            Status::Absent => return Err(NO_SIM.into()),
            Status::Ready => "READY",
            Status::WaitingForPin => "SIM PIN",
            Status::WaitingForPuk | Status::Blocked => "SIM PUK",
        };
        Ok(vec![format!("+CPIN: {state}")])
    }

    fn of_card(&self, read: impl FnOnce(&crate::board_file::SimCard) -> String) -> Answer {
        let line = self.radio(|radio, _| radio.sim.is_ready().then(|| read(&radio.sim.card)));
        line.map(|line| vec![line]).ok_or_else(|| NO_SIM.into())
    }

    fn operator(&self) -> String {
        let network = &self.description.network;
        if self.is_registered() {
            format!("+COPS: 0,0,\"{}\",{}", network.operator, network.act)
        } else {
            "+COPS: 0".into()
        }
    }

    fn time_of_day(&self) -> String {
        let local = self.clock.local();
        let (year, month, day) = date(local.div_euclid(86_400));
        let seconds = local.rem_euclid(86_400);
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let zone = self.clock.zone_quarters();
        format!(
            "+CCLK: \"{:02}/{month:02}/{day:02},{hour:02}:{minute:02}:{second:02}{zone:+03}\"",
            year.rem_euclid(100)
        )
    }

    fn switch(&self, function: Function) -> Answer {
        self.set_function(function);
        Ok(vec![])
    }

    fn ask(&self, request: Request) -> Answer {
        self.request(request);
        Ok(vec![])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::testing::board;

    #[test]
    fn the_board_answers() {
        let (board, _events) = board();
        let line = |command: &str| board.at(command).unwrap().join("|");
        assert_eq!(line("AT"), "");
        assert_eq!(line("ATI"), "Quectel|EC600N|Revision: EC600NCNLCR03A03M16_OCPU_QPY");
        assert_eq!(line("at+csq\r\n"), "+CSQ: 31,99");
        assert_eq!(line("AT+CPIN?"), "+CPIN: READY");
        assert_eq!(line("AT+CEREG?"), "+CEREG: 0,1");
        assert_eq!(line("AT+COPS?"), "+COPS: 0,0,\"CHN-UNICOM\",7");
        assert_eq!(line("AT+QCCID"), "+QCCID: 89860117838009934120");
        let clock = line("AT+CCLK?");
        assert!(clock.starts_with("+CCLK: \"") && clock.ends_with("+32\"") && clock.len() == 29, "{clock}");
        assert_eq!(board.at("AT+NONE"), Err("ERROR".into()));
        assert_eq!(board.at("é"), Err("ERROR".into()));
    }

    #[test]
    fn commands_act() {
        let (board, _events) = board();
        board.at("AT+CFUN=4").unwrap();
        assert_eq!(board.at("AT+CREG?").unwrap(), ["+CREG: 0,0"]);
        assert_eq!(board.at("AT+CSQ").unwrap(), ["+CSQ: 99,99"]);
        board.set_sim(None);
        assert_eq!(board.at("AT+CPIN?"), Err(NO_SIM.into()));
        assert_eq!(board.at("AT+CIMI"), Err(NO_SIM.into()));
        board.at("AT+QPOWD").unwrap();
        assert_eq!(board.power.requested(), Some(Request::PowerDown));
    }
}

import type { findings as zh } from "./findings.zh-CN.ts";

/** What the device doctor found, and what to do about it. Same keys and placeholders as findings.zh-CN.ts. */
export const findings = {
  "tech.finding.plug.ok": "Plugged in: port {port}.",
  "tech.finding.plug.missing":
    "Port {port} was not found. Plug the cable into the station and check that the device has power.",
  "tech.finding.plug.lost":
    "Port {port} was there a moment ago and is gone. Push the plug in, or try another cable or socket.",
  "tech.finding.port.ok": "Port {port} can be opened.",
  "tech.finding.port.busy": "Another program is using port {port}. Close it, or restart the station.",
  "tech.finding.port.held": "The station is measuring with this device. Wait until that is over.",
  "tech.finding.port.unknown": "The port was not opened. See to what comes before this first.",
  "tech.finding.permission.ok": "The station may use this port.",
  "tech.finding.permission.refused":
    "The station may not use port {port}. Install the device rules that come with the station, or put its account into the group of serial ports, then restart.",
  "tech.finding.permission.unknown": "Permission was not looked at. See to what comes before this first.",
  "tech.finding.speed.ok": "The speed is right: {set}.",
  "tech.finding.speed.other":
    "The device answers at {found}; {set} is set. Choose {found} in the device's settings, or set the device to {set}.",
  "tech.finding.speed.wrong":
    "{bytes} bytes came and none made sense. Most likely the speed is wrong ({set} now); it may also be the cable or the model.",
  "tech.finding.speed.unknown": "Too little was heard to judge the speed.",
  "tech.finding.silence.ok": "The device answers; {bytes} bytes came.",
  "tech.finding.silence.silent":
    "The device was asked and did not answer. Check that it is on, that the cable is in its data socket, and that its data output is switched on.",
  "tech.finding.silence.waitsForPerson":
    "This device only sends when somebody uses it. Press send or print on it, then examine it again.",
  "tech.finding.silence.unknown": "The device was not spoken to. See to what comes before this first.",
  "tech.finding.checksum.ok": "All {frames} messages were whole.",
  "tech.finding.checksum.broken":
    "{broken} messages arrived damaged, {frames} whole. Change the cable, push the plugs in, keep away from motors and chargers.",
  "tech.finding.checksum.noise":
    "{frames} messages were whole, with {bytes} stray bytes between them. Check cable and grounding.",
  "tech.finding.checksum.unknown": "No whole message was heard, so damage cannot be judged.",
  "tech.finding.clock.ok": "The device's clock is {seconds} s from the station's, which is fine.",
  "tech.finding.clock.off":
    "The device's clock is {seconds} s from the station's; at most {most} s is allowed. Set it.",
  "tech.finding.clock.none": "This device tells no time, so its clock does not matter.",
  "tech.finding.clock.unknown": "The device did not tell its time. Compare its display with the clock.",
  "tech.finding.driver.ok": "The profile {profile} is in order.",
  "tech.finding.driver.missing": "There is no profile {profile}. Add its file, or choose another device for the port.",
  "tech.finding.driver.doubtful":
    "The profile {profile} may be the wrong one (it could be {other}). Compare the model on the device's label.",
  "tech.report.title": "Report of the device doctor (no personal data)",
  "tech.report.notRun": "Not examined yet.",
} as const satisfies Record<keyof typeof zh, string>;

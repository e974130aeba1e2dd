import { expect, test } from "vitest";
import { readOptions, takeEnrolCode } from "../../../station/shell.ts";

test("the whole command line", () => {
  const read = readOptions(
    "--data d --port 4170 --hub http://127.0.0.1:4180 --device cuff=/dev/ttyUSB0 --device meter=COM3 --simulated --name 站 --place 村 --keeper 张 --duty-phone 0500-12 --rest-seconds 5 --with-parent --log debug".split(
      " ",
    ),
  );
  expect(read).toEqual({
    ok: true,
    options: {
      data: "d",
      port: 4170,
      hub: "http://127.0.0.1:4180",
      settings: {
        program: expect.stringMatching(/^health-station \d/) as string,
        name: "站",
        place: "村",
        keeper: "张",
        dutyPhone: "0500-12",
        simulated: true,
        devices: [
          { profile: "cuff", port: "/dev/ttyUSB0" },
          { profile: "meter", port: "COM3" },
        ],
        restSeconds: 5,
      },
      withParent: true,
      log: "debug",
    },
  });
});

test.each([
  [[], "--data <folder> is missing"],
  [["--data", "x", "--port", "99999"], "--port 99999"],
  [["--data", "x", "--port", "1.5"], "--port 1.5"],
  [["--data", "x", "--device", "cuff"], "--device cuff"],
  [["--data", "x", "--rest-seconds", "soon"], "restSeconds"],
  [["--data", "x", "--duty-phone", "doctor"], "dutyPhone"],
  [["--data", "x", "--hub", "nowhere"], "--hub nowhere"],
  [["--data", "x", "--log", "loud"], "--log loud"],
  [["--data", "x", "--what"], "--what"],
  [["--data", "x", "more"], "more"],
])("%j is answered with what is wrong, and the usage", (args, said) => {
  const read = readOptions(args);
  expect(read.ok).toBe(false);
  const sentence = read.ok ? "" : read.sentence;
  expect(sentence).toContain(said);
  expect(sentence).toContain("usage:");
});

test("the enrolment code is taken out of the environment", () => {
  const environment: NodeJS.ProcessEnv = { HEALTH_STATION_ENROL_CODE: "ABC", PATH: "p" };
  expect(takeEnrolCode(environment)).toBe("ABC");
  expect(environment).toEqual({ PATH: "p" });
  expect(takeEnrolCode(environment)).toBeUndefined();
});

import { expect, test } from "vitest";
import { deviceSetting, stationSettings } from "../../station/settings.ts";

test.each([
  ["raycome-rbp-9000c=/dev/ttyUSB0", { profile: "raycome-rbp-9000c", port: "/dev/ttyUSB0" }],
  ["p=/dev/serial/by-id/a=b", { profile: "p", port: "/dev/serial/by-id/a=b" }],
  ["p=", undefined],
  ["=/dev/x", undefined],
  ["/dev/x", undefined],
])("the device setting %s means %j", (text, setting) => {
  expect(deviceSetting(text)).toEqual(setting);
});

test("what is not given has its default, and the rest between pressures is a minute", () => {
  expect(stationSettings({ program: "1" })).toMatchObject({ simulated: false, devices: [], restSeconds: 60 });
  expect(() => stationSettings({ program: "1", restSeconds: -1 })).toThrow();
});

import { existsSync } from "node:fs";

/** A font file with Chinese letters; `face` names the one inside a collection. */
export interface Font {
  readonly file: string;
  readonly face?: string;
}

/** Where the systems we run on keep one: Debian and its kin, Windows, macOS. The first that is there is taken. */
const candidates: readonly Font[] = [
  { file: "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", face: "NotoSansCJKsc-Regular" },
  { file: "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", face: "NotoSansCJKsc-Regular" },
  { file: "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc", face: "NotoSansCJKsc-Regular" },
  { file: "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", face: "WenQuanYiMicroHei" },
  { file: "/usr/share/fonts/truetype/arphic/uming.ttc", face: "UMingCN" },
  { file: "C:\\Windows\\Fonts\\Deng.ttf" },
  { file: "C:\\Windows\\Fonts\\simhei.ttf" },
  { file: "C:\\Windows\\Fonts\\msyh.ttc", face: "MicrosoftYaHei" },
  { file: "C:\\Windows\\Fonts\\simsun.ttc", face: "SimSun" },
  { file: "/System/Library/Fonts/Supplemental/Arial Unicode.ttf" },
  { file: "/System/Library/Fonts/STHeiti Light.ttc", face: "STHeitiSC-Light" },
];

/** `HEALTH_STATION_FONT`: a file of one's own; alone in force when it is set. Undefined: the system has none that we know. */
export function findFont(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  exists: (file: string) => boolean = existsSync,
): Font | undefined {
  const own = environment["HEALTH_STATION_FONT"];
  const listed = own === undefined || own === "" ? candidates : [{ file: own }];
  return listed.find(({ file }) => exists(file));
}

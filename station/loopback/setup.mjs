// Makes a fresh machine able to run and test the station. Plain JavaScript: it runs on the machine's own Node, before
// anything is installed. Says one line for each thing it does, and nothing when there is nothing to do.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";

const top = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..");
const say = (line) => process.stderr.write(`${line}\n`);
const run = (command, args, quiet = false) =>
  spawnSync(command, args, {
    cwd: top,
    stdio: quiet ? ["ignore", "ignore", "inherit"] : ["ignore", "inherit", "inherit"],
  }).status === 0;
const onPath = (names) =>
  names.some((name) =>
    (process.env.PATH ?? "").split(":").some((folder) => folder !== "" && existsSync(`${folder}/${name}`)),
  );

function packagesAreCurrent() {
  const installed = `${top}/node_modules/.package-lock.json`;
  return (
    existsSync(installed) &&
    existsSync(`${top}/node_modules/.bin/node`) &&
    statSync(installed).mtimeMs >= statSync(`${top}/package-lock.json`).mtimeMs
  );
}

if (!packagesAreCurrent()) {
  say("Installing packages (npm ci) …");
  if (!run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"])) {
    say("npm ci failed: see the lines above. Nothing was started.");
    process.exit(1);
  }
}

const wanted = [
  { package: "socat", there: onPath(["socat"]), why: "pseudo-terminal pairs for simulated devices" },
  {
    package: "chromium",
    there: onPath(["chromium", "chromium-browser", "google-chrome"]),
    why: "the kiosk page and the end-to-end tests",
  },
  {
    package: "fonts-noto-cjk",
    there: existsSync("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    why: "Chinese text on the screen",
  },
].filter((one) => !one.there);
/** What the station also runs without: it is then silent, or its clips are larger. */
const wished = [
  { package: "espeak-ng", there: onPath(["espeak-ng"]), why: "the spoken clips of the kiosk" },
  { package: "ffmpeg", there: onPath(["ffmpeg"]), why: "small files of them" },
].filter((one) => !one.there);

/** What only tests use; without it they say that they skipped. */
if (process.argv.includes("tests")) {
  wished.push(
    ...[
      { package: "coturn", there: onPath(["turnserver"]), why: "calls through a relay, in the tests" },
      { package: "janus", there: onPath(["janus"]), why: "the second driver of rooms, in the tests" },
    ].filter((one) => !one.there),
  );
}

const isRoot = typeof process.getuid === "function" && process.getuid() === 0;
const mayInstall = isRoot && onPath(["apt-get"]);
process.env.DEBIAN_FRONTEND = "noninteractive";
const aptUpdate = () => run("apt-get", ["update", "-q"], true);
const aptInstall = (names) => run("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...names], true);

if (wanted.length > 0) {
  const names = wanted.map((one) => one.package);
  if (!mayInstall) {
    for (const one of wanted) say(`Please install ${one.package} (${one.why}): sudo apt-get install ${one.package}`);
    process.exit(1);
  }
  say(`Installing system packages: ${names.join(", ")} …`);
  if (!aptUpdate() || !aptInstall(names)) {
    say(`apt-get could not install ${names.join(", ")}: see the lines above.`);
    process.exit(1);
  }
}

if (wished.length > 0) {
  const names = wished.map((one) => one.package);
  if (!mayInstall)
    for (const one of wished) say(`Missing ${one.package} (${one.why}): sudo apt-get install ${one.package}`);
  else {
    say(`Installing system packages: ${names.join(", ")} …`);
    if (!aptUpdate() || !aptInstall(names))
      say(
        `apt-get could not install ${names.join(", ")}. Without them: ${names.includes("espeak-ng") ? "a silent station" : "some tests skip"}.`,
      );
  }
}

// Clips that already say the right words are left alone: nothing to do is done in a second. It says for itself what is
// wrong; a silent station starts all the same, and tells staff.
run(`${top}/node_modules/.bin/node`, ["station/cli/voice.ts"]);

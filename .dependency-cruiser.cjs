// Who may import whom (style: one list of rooms; every exception stands here with its reason).
const rooms = "^(core|drivers|station|electron|renderer|hub|tests)/";
const error = "error";
const room = (name, ...may) => ({
  name: `${name}-imports`,
  severity: error,
  from: { path: `^${name}/` },
  to: { path: rooms, pathNot: `^(${may.join("|")})/` },
});
const only = (name, file, packages) => ({
  name,
  severity: error,
  from: { path: rooms, pathNot: `${file}|^tests/` },
  to: { path: `(^|node_modules/)(${packages})(/|$)` },
});

module.exports = {
  forbidden: [
    room("core", "core"),
    room("drivers", "drivers", "core"),
    room("station", "station", "drivers", "core"),
    room("electron", "electron", "station", "core"),
    room("renderer", "renderer", "core"),
    room("hub", "hub", "core"),
    {
      name: "pure-rooms-have-no-node",
      severity: error,
      from: { path: "^(core|drivers|renderer)/", pathNot: "[.]mjs$" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "core-packages",
      comment: "core is pure: schemas and the contract builder are all it needs",
      severity: error,
      from: { path: "^core/" },
      to: { path: "node_modules/", pathNot: "node_modules/(zod|@orpc/contract|@orpc/shared)/" },
    },
    {
      name: "a-driver-knows-no-other",
      severity: error,
      from: { path: "^drivers/([^/]+)[.]ts$", pathNot: "([.]generated|find-profile)[.]ts$" },
      to: { path: "^drivers/[^/]+[.]ts$" },
    },
    {
      name: "kit-knows-no-device",
      severity: error,
      from: { path: "^drivers/kit/" },
      to: { path: "^drivers/[^/]+[.]ts$" },
    },
    {
      name: "host-knows-no-shell",
      severity: error,
      from: { path: "^station/", pathNot: "^station/loopback/" },
      to: { path: "^station/loopback/" },
    },
    {
      name: "renderer-reaches-no-host",
      severity: error,
      from: { path: "^renderer/" },
      to: { path: "^(station|drivers|electron|hub)/", reachable: true },
    },
    {
      name: "consult-media-in-one-room",
      comment: "only renderer/consult touches peers and cameras; pages load it when a call starts",
      severity: error,
      from: { path: "^renderer/", pathNot: "^renderer/consult/" },
      to: { path: "node_modules/webrtc-adapter/" },
    },
    only("electron-in-electron", "^electron/", "electron"),
    only("serialport-in-one-file", "^station/channels/serial[.]ts$", "serialport|@serialport"),
    only("sqlite-in-one-file", "^(station|hub)/store/open[.]ts$", "better-sqlite3[^/]*"),
    {
      name: "no-circle",
      severity: error,
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-orphan",
      severity: error,
      from: { orphan: true, path: rooms, pathNot: "([.]d[.]ts|[.]mjs|preload[.]ts|tsconfig[.]json)$" },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^out/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".js", ".mjs", ".css"],
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default"],
    },
  },
};

import { actingFrames, allSessions, measuringSessions, type Named } from "./conversation.ts";
import type { Say } from "./envelope.ts";
import { fieldOffsets } from "./fields.ts";
import { gatheredFrames } from "./gathered.ts";
import { rulesOf } from "./rules.ts";
import type { Profile, Step, StepOf } from "./schema.ts";
import { placesIn } from "./validate-meaning.ts";

/** Every session against the frames it names, and what keeps a person safe from it. */

type Check = (name: string, to: "host" | "device", path: string) => void;

function awaitedIn(step: Step): StepOf<"ask">["expect"] {
  switch (step.do) {
    case "ask":
      return [...step.expect, ...(step.done ?? []), ...(step.after === undefined ? [] : [step.after])];
    case "poll":
      return [...step.until, ...(step.done ?? [])];
    case "readout":
      return [...[step.expect].flat(), step.none, step.also?.expect].flatMap((name) => name ?? []);
    case "dump":
      return [step.header, step.record];
    case "twice":
      return [step.expect];
    case "settle":
      return [step.frame];
    case "send":
    case "job":
    case "listen":
      return [];
  }
}

/** A frame that is sent has a value for each of its fields, and for no other. */
function checkSaid(
  profile: Profile,
  said: { readonly send: string; readonly values?: Readonly<Record<string, unknown>> | undefined },
  counted: string | undefined,
  path: string,
  say: Say,
): void {
  const frame = profile.frames[said.send];
  if (frame?.to !== "device") {
    say(path, `${said.send} is no frame to the device`);
    return;
  }
  const given = [...Object.keys(said.values ?? {}), ...(counted === undefined ? [] : [counted])];
  for (const field of Object.keys(frame.fields))
    if (!given.includes(field)) say(path, `no value for ${said.send}.${field}`);
  for (const field of given) if (frame.fields[field] === undefined) say(path, `${said.send} has no field ${field}`);
}

function checkStep(profile: Profile, step: Step, path: string, frame: Check, say: Say): void {
  const isNumber = (of: string, field: string): void => {
    const found = profile.frames[of]?.fields[field];
    if (found === undefined || !("min" in found)) say(path, `${field} is no number of ${of}`);
  };
  for (const each of awaitedIn(step)) {
    const name = typeof each === "string" ? each : each.frame;
    frame(name, "host", path);
    const found = profile.frames[name];
    if (typeof each === "object" && found !== undefined)
      for (const place of Object.keys(each.when)) placesIn(profile, found, path, say).need(place);
  }
  if ("send" in step) checkSaid(profile, step, step.do === "readout" ? step.index : undefined, path, say);
  switch (step.do) {
    case "ask":
      if (step.acts === true && step.tries > 1) say(path, "a frame that acts is sent once");
      break;
    case "readout":
      isNumber(step.send, step.index);
      if (step.also !== undefined) {
        checkSaid(profile, step.also, step.also.index, path, say);
        isNumber(step.also.send, step.also.index);
      }
      if (step.count !== undefined) {
        const [of = "", field = ""] = step.count.split("/");
        frame(of, "host", path);
        isNumber(of, field);
      }
      if (step.none === undefined && step.count === undefined && step.most > 1)
        say(path, "a readout ends by none, by count, or after one record");
      break;
    case "dump":
      isNumber(step.header, step.count);
      break;
    case "twice":
      checkTwice(profile, step, path, say);
      break;
    case "settle":
      checkSettle(profile, step, path, say);
      break;
    case "listen":
      if (step.again !== undefined) checkSaid(profile, step.again, undefined, path, say);
      break;
    case "job":
      for (const name of step.frames) frame(name, "device", path);
      break;
    case "send":
    case "poll":
      break;
  }
}

/** A counter that shared a byte with a number would hide what became of it. */
function checkTwice(profile: Profile, { expect, apartFrom = [] }: StepOf<"twice">, path: string, say: Say): void {
  const fields = profile.frames[expect]?.fields ?? {};
  if (apartFrom.length > 0 && profile.envelopes.host.kind !== "binary")
    say(path, "only a frame of bytes is the same apart from a counter");
  const offsets = (name: string): readonly number[] => {
    const field = fields[name];
    return field === undefined ? [] : fieldOffsets(field, 0);
  };
  const counted = new Set(apartFrom.flatMap(offsets));
  for (const name of apartFrom) if (fields[name] === undefined) say(path, `there is no field ${name}`);
  for (const name of Object.keys(fields))
    if (!apartFrom.includes(name) && offsets(name).some((at) => counted.has(at)))
      say(path, `${name} stands in a byte of a counter and must be the same`);
}

function checkSettle(profile: Profile, step: StepOf<"settle">, path: string, say: Say): void {
  if ((step.spanMs === undefined) === (step.count === undefined))
    say(path, "a stream settles over spanMs or over count frames");
  if (step.quiet === true && step.count === undefined)
    say(path, "a result that is said again is believed after count frames");
  if (Object.keys(step.within).length === 0) say(path, "a stream settles within limits");
  const given = new Set<string>(
    rulesOf(profile, step.frame).flatMap((rule) =>
      rule.kind === "progress" && rule.of === step.of ? rule.readings.map(([quantity]) => quantity) : [],
    ),
  );
  for (const quantity of Object.keys({ ...step.within, ...step.least }))
    if (!given.has(quantity)) say(path, `${step.frame} gives no ${quantity} as progress`);
}

function checkConversation(profile: Profile, { path, conversation, task }: Named, say: Say): void {
  const frame: Check = (name, to, where) => {
    if (profile.frames[name]?.to !== to) say(where, `${name} is no frame to the ${to}`);
  };
  const { steps, stop, replies, keepAlive } = conversation;
  steps.forEach((step, i) => {
    const where = `${path}.steps.${i}`;
    checkStep(profile, step, where, frame, say);
    const read = steps.slice(0, i).some((each) => each.do === "ask" || each.do === "poll");
    if (task !== undefined && "acts" in step && step.acts === true && !read)
      say(where, "a task reads the device's state before it acts");
  });
  if (stop !== undefined) {
    checkSaid(profile, { send: stop.send }, undefined, `${path}.stop`, say);
    for (const name of stop.expect) frame(name, "host", `${path}.stop`);
  }
  for (const [name, reply] of Object.entries(replies ?? {})) {
    const where = `${path}.replies.${name}`;
    frame(name, "host", where);
    checkSaid(profile, reply, undefined, where, say);
    for (const value of Object.values(reply.values ?? {}))
      if (typeof value === "object" && "heard" in value && profile.frames[name]?.fields[value.heard] === undefined)
        say(where, `there is no field ${value.heard}`);
  }
  if (keepAlive !== undefined) checkSaid(profile, keepAlive, undefined, `${path}.keepAlive`, say);
}

/** What acts on a person starts by one step of a measuring session, and by nothing else. */
function checkActing(profile: Profile, say: Say): void {
  const acting = actingFrames(allSessions(profile));
  const onPerson = actingFrames(measuringSessions(profile));
  if (profile.actuates && onPerson.size === 0)
    say("session.steps", "a device that acts on a person has a step that acts");
  for (const { path, conversation, task } of allSessions(profile)) {
    const { steps, stop, keepAlive } = conversation;
    if (profile.actuates && task === undefined && stop === undefined)
      say(`${path}.stop`, "a device that acts on a person needs a stop frame");
    const unmarked = steps.some((step) => {
      const sent = "send" in step ? [step.send, "also" in step ? step.also?.send : undefined] : [];
      const marked = "acts" in step && step.acts === true;
      return !marked && sent.some((name) => name !== undefined && acting.has(name));
    });
    const otherwise = [stop?.send, keepAlive?.send].some((name) => name !== undefined && acting.has(name));
    if (unmarked || otherwise) say(path, "a frame that acts is sent by a step that says so");
    const inTask = steps.some((step) => "send" in step && onPerson.has(step.send));
    if (profile.actuates && task !== undefined && inTask) say(path, "what acts on a person is no task");
  }
}

/** What counts only when it is gathered is not waited for by a step that believes it at once. */
function checkGathered(profile: Profile, say: Say): void {
  const gathered = gatheredFrames(profile);
  for (const { path, conversation } of allSessions(profile))
    conversation.steps.forEach((step, i) => {
      if (step.do === "twice" || step.do === "settle") return;
      for (const each of awaitedIn(step)) {
        const name = typeof each === "string" ? each : each.frame;
        if (gathered.has(name)) say(`${path}.steps.${i}`, `${name} counts only when it has been said twice`);
      }
    });
  if (profile.push && gathered.size > 0) say("push", "what is read twice is asked for, and not said unasked");
}

/** A session of its own for a kind that nothing of the profile measures would wait for ever. */
function checkKinds(profile: Profile, say: Say): void {
  const told = new Set<string>(
    Object.keys(profile.meaning).flatMap((frame) =>
      rulesOf(profile, frame).flatMap((rule) => (rule.kind === "measurement" ? [rule.of] : [])),
    ),
  );
  const settled = (kind: string): boolean =>
    measuringSessions(profile).some(({ conversation }) =>
      conversation.steps.some((step) => step.do === "settle" && step.of === kind),
    );
  for (const kind of new Set([...profile.measures, ...Object.keys(profile.sessionFor ?? {})]))
    if (!told.has(kind) && !settled(kind)) say("measures", `nothing measures ${kind}`);
}

export function checkSessions(profile: Profile, say: Say): void {
  checkKinds(profile, say);
  for (const named of allSessions(profile)) checkConversation(profile, named, say);
  checkActing(profile, say);
  checkGathered(profile, say);
  if (profile.link !== undefined) {
    const frame: Check = (name, to, where) => {
      if (profile.frames[name]?.to !== to) say(where, `${name} is no frame to the ${to}`);
    };
    for (const [toDevice, toHost] of [profile.link.reset, profile.link.ack]) {
      frame(toDevice, "device", "link");
      frame(toHost, "host", "link");
    }
  }
}

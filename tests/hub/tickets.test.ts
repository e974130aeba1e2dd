import { expect, test } from "vitest";
import { ticketMs, Tickets, type TicketUse } from "../../hub/calls/tickets.ts";
import { fakeClock } from "./fake-clock.ts";

const right: TicketUse = { call: "c", person: "p", round: 1, connection: "first" };

function issued(of: Omit<TicketUse, "connection"> = right) {
  const clock = fakeClock();
  const tickets = new Tickets(clock);
  return { clock, tickets, token: tickets.issue(of) };
}

test.each([
  ["as it was given", {}, true],
  ["in another call", { call: "d" }, false],
  ["by another person", { person: "q" }, false],
  ["in another round", { round: 2 }, false],
])("a ticket used %s: %s", (_how, change, good) => {
  const { tickets, token } = issued();
  expect(tickets.use(token, { ...right, ...change })).toBe(good);
});

test("a wrong use does not spend it", () => {
  const { tickets, token } = issued();
  tickets.use(token, { ...right, person: "q", connection: "thief" });
  expect(tickets.use(token, right)).toBe(true);
});

test.each([
  [0, true],
  [ticketMs, true],
  [ticketMs + 1, false],
])("first used after %i ms: %s", (ms, good) => {
  const { clock, tickets, token } = issued();
  clock.advance(ms);
  expect(tickets.use(token, right)).toBe(good);
});

test("at most a minute to be used", () => {
  expect(ticketMs).toBeLessThanOrEqual(60_000);
});

test("its first use binds it: good there for as long as that line lives, on no other, and on none after it", () => {
  const { clock, tickets, token } = issued();
  expect(tickets.use(token, right)).toBe(true);
  clock.advance(60 * ticketMs);
  expect(tickets.use(token, { ...right, connection: "second" })).toBe(false);
  expect(tickets.use(token, right)).toBe(true);
  tickets.drop("first");
  expect(tickets.use(token, right)).toBe(false);
});

test("no two are alike, none can be guessed, and each is 256 bits", () => {
  const { tickets, token } = issued();
  const many = new Set(Array.from({ length: 1_000 }, () => tickets.issue(right)));
  expect(many.size).toBe(1_000);
  expect([token.length, many.has(token)]).toEqual([43, false]);
  for (const guess of ["", "guess", token.slice(0, -1), `${token}a`, token.toLowerCase()])
    expect(tickets.use(guess, right)).toBe(guess === token);
});

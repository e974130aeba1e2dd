import { getEventIteratorSchemaDetails, validateORPCError, type AnySchema, type ErrorMap } from "@orpc/contract";
import { createORPCErrorConstructorMap, isProcedure, ORPCError } from "@orpc/server";
import type { HubContext } from "../api/context.ts";
import { Pipe } from "./pipe.ts";

interface Asked {
  readonly context: HubContext;
}
interface Given extends Asked {
  readonly path: readonly string[];
  readonly errors: unknown;
  readonly procedure: unknown;
  /** Readers name in their input where they go on. */
  readonly lastEventId: undefined;
}
type Door = (
  given: Given & { readonly next: () => Promise<{ readonly output: unknown; readonly context: object }> },
  input: unknown,
  answer: (output: unknown) => { readonly output: unknown; readonly context: object },
) => unknown;
/** What the library keeps of an operation, as far as it is used here. */
interface Definition {
  readonly middlewares: readonly Door[];
  readonly inputSchema?: AnySchema;
  readonly outputSchema?: AnySchema;
  readonly errorMap: ErrorMap;
  readonly handler: (given: Given & { readonly input: unknown }) => unknown;
}

export interface Operation {
  /** A feed is answered with a `Pipe`, whose items are to be checked with `item`. Rejects with an `ORPCError` or a bug. */
  ask(input: unknown, asked: Asked): Promise<unknown>;
  /** A feed's item as its schema lets it out. */
  item(value: unknown): unknown;
  /** Absent unless the caller sends a feed: its item as the schema lets it in. Both throw as `ask` rejects. */
  readonly said?: (value: unknown) => unknown;
}

/**
 * An operation of the router, ready to be asked: through its door, input and output checked by their schemas, faults as
 * declared. As the library's own client does it (ADR 3), without a copy of every iterator and a promise for every layer.
 */
export function operationOf(procedure: unknown, path: readonly string[]): Operation {
  if (!isProcedure(procedure)) throw new Error(`${path.join(".")} is no operation`);
  // The library's own types of these say `any` throughout.
  const kept: unknown = procedure["~orpc"];
  const { middlewares, inputSchema, outputSchema, errorMap, handler } = kept as Definition;
  const [door, ...others] = middlewares;
  if (!door || others.length > 0) throw new Error(`${path.join(".")} has not exactly one door`);
  const errors: unknown = createORPCErrorConstructorMap(errorMap);
  const yields = getEventIteratorSchemaDetails(outputSchema)?.yields;
  const takes = getEventIteratorSchemaDetails(inputSchema)?.yields;
  const declared = async (error: unknown): Promise<unknown> =>
    error instanceof ORPCError ? validateORPCError(errorMap, error) : error;

  return {
    async ask(input, asked) {
      const given = { ...asked, path, errors, procedure, lastEventId: undefined };
      let output: unknown;
      const next = async () => {
        // Of a feed each item is checked when it comes.
        const known = takes ? theFeed(input) : checked(inputSchema, input, "BAD_REQUEST");
        const answer = await handler({ ...given, input: known });
        if (yields && !(answer instanceof Pipe)) throw new Error(`${path.join(".")} answers with no feed`);
        output = yields ? answer : checked(outputSchema, answer, "INTERNAL_SERVER_ERROR");
        return { output, context: {} };
      };
      try {
        await door({ ...given, next }, input, (answer) => ({ output: answer, context: {} }));
        return output;
      } catch (error) {
        throw await declared(error);
      }
    },
    item: (value) => checked(yields, value, "INTERNAL_SERVER_ERROR"),
    ...(takes ? { said: (value: unknown) => checked(takes, value, "BAD_REQUEST") } : {}),
  };
}

function theFeed(input: unknown): Pipe<unknown> {
  if (input instanceof Pipe) return input;
  throw new ORPCError("BAD_REQUEST");
}

/** Schemas of this house wait for nothing. */
function checked(
  schema: AnySchema | undefined,
  value: unknown,
  otherwise: "BAD_REQUEST" | "INTERNAL_SERVER_ERROR",
): unknown {
  if (!schema) return value;
  const result = schema["~standard"].validate(value);
  if (result instanceof Promise) throw new Error("a schema that waits");
  if (!result.issues) return result.value;
  const where = result.issues.map(({ path, message }) => `${(path ?? []).map(String).join(".")}: ${message}`);
  throw new ORPCError(otherwise, { cause: new Error(where.join("; ")) });
}

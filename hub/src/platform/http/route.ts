import type { AnswerOf, OperationId, ParsedBodyOf, ParsedParamsOf, ParsedQueryOf } from "@weft/contracts";
import type { CodedError, Problems, Result } from "@weft/kernel";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Actor, Ctx, ReadCtx } from "../ctx.ts";
import type { Surroundings } from "../transaction.ts";

/** A request as a handler sees it: parsed by the contract, and what of HTTP a rule may ask for. */
export type Input<Op extends OperationId> = {
  readonly params: ParsedParamsOf<Op>;
  readonly query: ParsedQueryOf<Op>;
  readonly body: ParsedBodyOf<Op>;
  readonly request: {
    readonly ip: string;
    readonly locale: string;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  };
  /** The app's session, by name, as the header `Weft-Session` says: `weft_shop`. */
  readonly sessionName: string | null;
  readonly setCookie: (name: string, value: string, options: { readonly maxAgeSeconds: number }) => void;
  readonly clearCookie: (name: string) => void;
};

/** A refusal that leaves what was written: a wrong code counts, a declined card is kept. Presented as its problem. */
export class Committed<E extends CodedError> {
  readonly error: E;
  constructor(error: E) {
    this.error = error;
  }
}
export const committed = <E extends CodedError>(error: E): Committed<E> => new Committed(error);

/**
 * What was presented to someone on a channel, kept as a touch so that continuity can be measured on it. `shown` has what of these the
 * presenter's own output held: `cart` (id, version, lines with SKU, quantity and unit price), `promise` (place and instant), `order` (id and
 * states), `balance` (points and `asOf`), `conversation` (id), `preferences`.
 */
export type ShownTouch = {
  readonly recordId: string | null;
  readonly channelId: string;
  readonly placeId: string | null;
  readonly subject: string;
  readonly version: number;
  readonly kind: string;
  readonly shown: Record<string, unknown>;
};

export type RouteOptions<Op extends OperationId, E extends CodedError> = {
  readonly problems: Problems<E>;
  /** The status of a success, when it is not the contract's. */
  readonly status?: (answer: AnswerOf<Op>) => number;
  /** Names whose data was read, as `customer/<id>`: the read is audited before the answer leaves. */
  readonly audit?: (input: Input<Op>, answer: AnswerOf<Op>) => string | null;
  /** A read that takes as long as there are people or orders: five minutes in the database are not too long, where others get ten seconds. */
  readonly isLong?: boolean;
  /** The answer leaves as a file, which is audited also where it is one's own. */
  readonly isFile?: boolean;
  /** What the answer shows of a cart, promise or balance. */
  readonly shown?: (answer: AnswerOf<Op>, input: Input<Op>, actor: Actor) => ShownTouch | null;
  /** By what the caller's idempotency keys are told from those of others, where the edge knows them by nothing: never a secret itself. */
  readonly keyedBy?: (input: Input<Op>) => string | undefined;
  /** Whose data the stored answer of an idempotency key holds. */
  readonly recordOf?: (answer: AnswerOf<Op>) => string | null;
  /** The answer as it may lie in the database under an idempotency key: without a secret that is shown once. */
  readonly kept?: (answer: AnswerOf<Op>) => AnswerOf<Op>;
};

type Handled<Op extends OperationId, E extends CodedError> = Promise<Result<AnswerOf<Op> | Committed<E>, E>>;

/** What a raw handler is given: Fastify's own request and reply, the caller, and what a transaction needs. */
export type RawCall = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly actor: Actor;
  readonly around: Surroundings;
  readonly input: Input<OperationId>;
  /** Takes what the answer showed of a cart, promise, order or balance. */
  readonly shown: (touch: ShownTouch) => void;
};

// The operation is erased here: a table of routes of different operations has one type, and the edge parses by the contract.
export type Route =
  | {
      readonly kind: "read";
      readonly operation: OperationId;
      readonly handle: (ctx: ReadCtx, input: never) => Promise<Result<unknown, CodedError>>;
      readonly options: ErasedOptions;
    }
  | {
      readonly kind: "write";
      readonly operation: OperationId;
      readonly handle: (ctx: Ctx, input: never) => Promise<Result<unknown, CodedError>>;
      readonly options: ErasedOptions;
    }
  | {
      readonly kind: "raw";
      readonly operation: OperationId;
      readonly handle: (call: RawCall) => Promise<unknown>;
      readonly bytes: boolean;
      readonly tolerant: boolean;
      readonly streamed: boolean;
    };

export type ErasedOptions = {
  readonly problems: Readonly<Record<string, { readonly status: number; readonly title: string }>>;
  readonly status?: (answer: never) => number;
  readonly audit?: (input: never, answer: never) => string | null;
  readonly isLong?: boolean;
  readonly isFile?: boolean;
  readonly shown?: (answer: never, input: never, actor: Actor) => ShownTouch | null;
  readonly keyedBy?: (input: never) => string | undefined;
  readonly recordOf?: (answer: never) => string | null;
  readonly kept?: (answer: never) => unknown;
};

/** A route that only reads: no transaction. */
export function read<Op extends OperationId, E extends CodedError = never>(
  operation: Op,
  handle: (ctx: ReadCtx, input: Input<Op>) => Handled<Op, E>,
  options: RouteOptions<Op, E>,
): Route {
  return { kind: "read", operation, handle, options };
}

/** A route whose handler runs in one transaction, committed on `ok`, replayed when its `Idempotency-Key` comes again. */
export function write<Op extends OperationId, E extends CodedError = never>(
  operation: Op,
  handle: (ctx: Ctx, input: Input<Op>) => Handled<Op, E>,
  options: RouteOptions<Op, E>,
): Route {
  return { kind: "write", operation, handle, options };
}

/**
 * A route that answers by itself: streams, event intake, the completion with its two transactions. `bytes` leaves the body unread as a Buffer.
 * `streamed` leaves it on its way: the handler reads a stream, within limits of its own.
 * `tolerant` is for other people's clients: browsers of every origin may call it, and a body past every limit is 400, which they know.
 */
export function raw(
  operation: OperationId,
  handle: (call: RawCall) => Promise<unknown>,
  options: { readonly bytes?: boolean; readonly tolerant?: boolean; readonly streamed?: boolean } = {},
): Route {
  const { bytes = false, tolerant = false, streamed = false } = options;
  return { kind: "raw", operation, handle, bytes, tolerant, streamed };
}

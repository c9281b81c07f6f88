import { timingSafeEqual } from "node:crypto";
import { LOCALES, type Locale } from "@weft/contracts";
import { asId, err, ok, type Problems } from "@weft/kernel";
import {
  dbOn,
  inTransaction,
  problemOf,
  raw,
  sendProblem,
  SYSTEM,
  write,
  type Ctx,
  type Input,
  type RawCall,
  type ReadCtx,
  type Route,
} from "../../../platform/index.ts";
import { LOYALTY_PROBLEMS, type LoyaltyError } from "../errors.ts";
import type { CardKeys } from "../card.ts";
import { walletCardOf } from "./card-of.ts";
import { changedPasses, keepPass, passById, registerDevice, unregisterDevice, type WalletPass } from "./passes.ts";
import type { AppleWallet, PassId, Wallets } from "./ports.ts";

export type WalletDeps = CardKeys & {
  readonly wallets: Wallets;
  /** The address that phones reach the hub at. */
  readonly publicUrl: string;
};

/** Adding the member card to a phone's wallet, and the service by which Apple's wallet keeps it as it is [LOY-23, LOY-24]. */
export const walletRoutes = (deps: WalletDeps): readonly Route[] => [
  write("loyalty.addToWallet", (ctx, input) => addToWallet(ctx, deps, input), { problems: LOYALTY_PROBLEMS }),
  ...(deps.wallets.apple ? appleRoutes(deps, deps.wallets.apple) : NO_APPLE),
];

/** Where Apple Wallet is not set up its service answers, and knows no pass. */
const NO_APPLE: readonly Route[] = (
  [
    "wallet.applePass",
    "wallet.appleRegister",
    "wallet.appleUnregister",
    "wallet.appleChanged",
    "wallet.appleLatest",
    "wallet.appleLog",
  ] as const
).map((operation) => raw(operation, async (call) => refuse(call, "wallet.pass_unknown")));

const LINK_USE = "wallet";
const LINK_SECONDS = 600;

async function addToWallet(ctx: Ctx, { wallets, signer, publicUrl }: WalletDeps, { body, request }: Input<"loyalty.addToWallet">) {
  const recordId = ctx.actor.customer?.recordId;
  if (!recordId) return err<LoyaltyError>({ code: "customer.unknown" });
  const wallet = body.wallet;
  if (!wallets[wallet]) return err<LoyaltyError>({ code: "loyalty.wallet_not_offered", wallet });
  const locale: Locale = LOCALES.find((known) => known === request.locale.slice(0, 2)) ?? "en";
  const passId = await keepPass(ctx, { recordId, wallet, locale });
  const card = await walletCardOf(ctx, { id: passId, recordId, wallet, locale, changedAt: ctx.now });
  if (!card) return err<LoyaltyError>({ code: "loyalty.not_a_member" });
  // Signing a link asks nobody outside.
  if (wallet === "google" && wallets.google) return ok({ url: await wallets.google.saveLink(card) });
  return ok({ url: `${publicUrl}/wallet/passes/${await signer.sign(LINK_USE, passId, LINK_SECONDS)}` });
}

type WalletError = { readonly code: "wallet.pass_unknown" } | { readonly code: "wallet.not_authorized" };
const WALLET_PROBLEMS: Problems<WalletError> = {
  "wallet.pass_unknown": { status: 404, title: "There is no such pass, or its address has ended" },
  "wallet.not_authorized": { status: 401, title: "This is not the token of that pass" },
};

const refuse = ({ request, reply }: RawCall, code: WalletError["code"]) =>
  sendProblem(reply, problemOf({ code }, WALLET_PROBLEMS[code], request.id));

const appleRoutes = (deps: WalletDeps, apple: AppleWallet): readonly Route[] => [
  raw("wallet.applePass", async (call) => {
    const { token } = call.input.params as { token: string }; // by the contract
    const passId = await deps.signer.verify(LINK_USE, token);
    const pass = passId === null ? undefined : await passById(readCtx(call), asId<PassId>(passId));
    return pass ? sendPass(call, deps, apple, pass) : refuse(call, "wallet.pass_unknown");
  }),
  raw("wallet.appleRegister", async (call) => {
    const pass = await passShown(call, deps, apple);
    if (!pass) return refuse(call, "wallet.not_authorized");
    const { device } = call.input.params as { device: string }; // by the contract
    const { pushToken } = call.input.body as unknown as { pushToken: string }; // by the contract
    const isNew = await written(call, (ctx) => registerDevice(ctx, device, pass.id, pushToken));
    return call.reply.code(isNew ? 201 : 200).send();
  }),
  raw("wallet.appleUnregister", async (call) => {
    const pass = await passShown(call, deps, apple);
    if (!pass) return refuse(call, "wallet.not_authorized");
    const { device } = call.input.params as { device: string }; // by the contract
    await written(call, (ctx) => unregisterDevice(ctx, device, pass.id));
    return call.reply.code(200).send();
  }),
  raw("wallet.appleChanged", async (call) => {
    const { device, type } = call.input.params as { device: string; type: string }; // by the contract
    const { passesUpdatedSince = "0" } = call.input.query as { passesUpdatedSince?: string }; // by the contract
    const since = /^\d{1,12}$/.test(passesUpdatedSince) ? Number(passesUpdatedSince) : 0;
    const changed = type === apple.passTypeId ? await changedPasses(readCtx(call), device, since) : null;
    if (!changed) return call.reply.code(204).send();
    return call.reply.send({ serialNumbers: changed.ids, lastUpdated: String(changed.until) });
  }),
  raw("wallet.appleLatest", async (call) => {
    const pass = await passShown(call, deps, apple);
    if (!pass) return refuse(call, "wallet.not_authorized");
    const since = Date.parse(call.request.headers["if-modified-since"] ?? "");
    if (pass.changedAt.getTime() <= since) return call.reply.code(304).send();
    return sendPass(call, deps, apple, pass);
  }),
  raw("wallet.appleLog", async (call) => {
    const { logs } = call.input.body as unknown as { logs: string[] }; // by the contract
    call.around.log.warn({ logs }, "a phone tells of a pass");
    return call.reply.code(200).send();
  }),
];

const readCtx = ({ around }: RawCall): ReadCtx => ({ ...around, actor: SYSTEM, db: dbOn(around.pool), now: new Date() });

/** What a phone shows to come back for its pass: it follows from the serial number, so that nothing is kept for it. */
const tokenOf = ({ vault }: WalletDeps, id: PassId): string => vault.mac("wallet pass", id).toString("base64url");

/** The pass that a request is about, when it shows the token that only this pass holds. */
async function passShown(call: RawCall, deps: WalletDeps, apple: AppleWallet): Promise<WalletPass | undefined> {
  const { type, serial } = call.input.params as { type: string; serial: string }; // by the contract
  const id = asId<PassId>(serial);
  const given = Buffer.from(/^ApplePass (.+)$/.exec(call.request.headers.authorization ?? "")?.[1] ?? "");
  const own = Buffer.from(tokenOf(deps, id));
  if (type !== apple.passTypeId || given.length !== own.length || !timingSafeEqual(given, own)) return undefined;
  return passById(readCtx(call), id);
}

async function written<T>({ around }: RawCall, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const outcome = await inTransaction({ ...around, actor: SYSTEM }, async (ctx) => ok(await work(ctx)));
  if (outcome.kind !== "done" || !outcome.result.ok) throw new Error("a transaction without a key is never replayed");
  return outcome.result.value;
}

async function sendPass(call: RawCall, deps: WalletDeps, apple: AppleWallet, pass: WalletPass) {
  const card = await walletCardOf(readCtx(call), pass);
  if (!card) return refuse(call, "wallet.pass_unknown");
  const file = await apple.sign(card, tokenOf(deps, pass.id));
  return call.reply
    .code(200)
    .header("last-modified", pass.changedAt.toUTCString())
    .header("cache-control", "private, no-store")
    .header("content-disposition", 'inline; filename="card.pkpass"')
    .type("application/vnd.apple.pkpass")
    .send(file);
}

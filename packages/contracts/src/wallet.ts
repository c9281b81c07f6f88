import { z } from "zod";
import { CustomerParams, type Endpoint } from "./shared.ts";

export const WALLETS = ["apple", "google"] as const;
export const Wallet = z.enum(WALLETS);

/** A phone as its wallet names it, and what it has of us. The service is Apple's, and so are the words. */
const Device = z.string().min(1).max(200);
const OfType = { device: Device, type: z.string().max(200) };
const OfPass = { ...OfType, serial: z.uuid() };

const raw = { response: z.string(), status: 200, raw: true } as const;

export const walletEndpoints = {
  "loyalty.addToWallet": {
    summary: "The address at which the caller's phone adds the member card to its wallet: open it on the phone, within ten minutes",
    tag: "loyalty",
    params: CustomerParams,
    body: z.object({ wallet: Wallet }),
    response: z.object({ url: z.url() }).meta({ id: "WalletAddress" }),
    status: 201,
  },
  "wallet.applePass": {
    summary: "The pass for Apple Wallet behind such an address",
    tag: "loyalty",
    params: z.object({ token: z.string().max(1000) }),
    ...raw,
  },
  "wallet.appleRegister": {
    summary: "Apple's web service for passes: a phone wants to be told of changes of its pass. 201 where it did not before",
    tag: "loyalty",
    params: z.object(OfPass),
    body: z.object({ pushToken: z.string().min(1).max(300) }),
    ...raw,
  },
  "wallet.appleUnregister": {
    summary: "Apple's web service for passes: a phone has the pass no more",
    tag: "loyalty",
    params: z.object(OfPass),
    ...raw,
  },
  "wallet.appleChanged": {
    summary: "Apple's web service for passes: which passes of a phone have changed since it asked last; 204 for none",
    tag: "loyalty",
    params: z.object(OfType),
    query: z.object({ passesUpdatedSince: z.string().max(40).optional() }),
    ...raw,
  },
  "wallet.appleLatest": {
    summary: "Apple's web service for passes: the pass as it is now; 304 where the phone has it",
    tag: "loyalty",
    params: z.object({ type: z.string().max(200), serial: z.uuid() }),
    ...raw,
  },
  "wallet.appleLog": {
    summary: "Apple's web service for passes: what a phone could not do with a pass, for the hub's log",
    tag: "loyalty",
    body: z.object({ logs: z.array(z.string().max(2000)).max(50) }),
    ...raw,
  },
} satisfies Record<string, Endpoint>;

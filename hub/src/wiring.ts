import type { Locale } from "@weft/contracts";
import type { HubEvent, PlaceId } from "@weft/kernel";
import type { FastifyInstance } from "fastify";
import type pg from "pg";
import { demoPersonas, tourStage } from "./demo/personas.ts";
import { nobodiesJob } from "./forget-nobodies.ts";
import { batchesRoutes } from "./modules/batches/index.ts";
import { bookingsJobs, bookingsRoutes, bookingsSubscribers } from "./modules/bookings/index.ts";
import { INVARIANTS } from "./invariants.ts";
import { accessJobs, accessRoutes, auditWrite, mayActAt } from "./modules/access/index.ts";
import { adoptAtSignIn, cartJobs, cartLive, cartRoutes, cartsSubscribers, screenLive } from "./modules/carts/index.ts";
import { catalogRoutes, startBringingBack } from "./modules/catalog/index.ts";
import { channelForApp, channelsRoutes } from "./modules/channels/index.ts";
import {
  checkoutJobs,
  checkoutRoutes,
  checkoutSubscribers,
  deskOn,
  followDispute,
  paymentRoutes,
  takeProviderAnswer,
} from "./modules/checkout/index.ts";
import { companiesJobs, companiesRoutes } from "./modules/companies/index.ts";
import { ledgerRoutes } from "./modules/ledger/index.ts";
import { consentJobs, consentRoutes, decide } from "./modules/consent/index.ts";
import {
  customerJobs,
  customerSubscribers,
  customersRoutes,
  greetCustomer,
  lockCustomer,
  levelChangeLive,
} from "./modules/customers/index.ts";
import { fulfillmentJobs, fulfillmentRoutes, fulfillmentSubscribers } from "./modules/fulfillment/index.ts";
import { insightsJobs, insightsRoutes, seamsFollower } from "./modules/insights/index.ts";
import {
  createSandboxProvider,
  createSandboxTse,
  FILE_LINE,
  filesRoutes,
  importJob,
  importJobs,
  importSubscribers,
  ORDER_LINE,
  readStripeAccounts,
  readWallets,
  PRODUCT_LINE,
  productFileRoutes,
  replayFileLine,
  replayOrderLine,
  replayProductLine,
  serveSandboxBank,
  settlementsRoutes,
  smtpMail,
  startSandboxWebhooks,
  stripeAccounts,
  stripeRoutes,
  withoutTestCards,
} from "./modules/integrations/index.ts";
import { checkJob, keepFeed, keptFeed, packedFeed, parityJobs, parityRoutes, paritySubscribers } from "./modules/parity/index.ts";
import { loyaltyJobs, loyaltyRoutes, loyaltySubscribers, walletTellers } from "./modules/loyalty/index.ts";
import {
  messagesJobs,
  messagesRoutes,
  messagesSubscribers,
  noticeMailingsJob,
  recallMessagesJob,
  sendJob,
} from "./modules/messages/index.ts";
import { accountRoutes, documentsSubscriber, monthsJobs } from "./modules/orders/index.ts";
import { compareJob, savedJobs, savedRoutes, savedSubscribers } from "./modules/saved/index.ts";
import { requestsLive, returnsRoutes, takesBack } from "./modules/returns/index.ts";
import { privacyJobs, privacyRoutes, privacySubscribers } from "./modules/privacy/index.ts";
import { promisesJobs, promisesRoutes, promisesSubscribers, startLeaseWatch } from "./modules/promises/index.ts";
import { storedValueJobs, storedValueRoutes } from "./modules/payments/index.ts";
import { placesRoutes, placesSnapshot } from "./modules/places/index.ts";
import { pricingJobs, pricingRoutes, pricingSubscribers, startTurning } from "./modules/pricing/index.ts";
import { goodsLive, startHoldSweeper, stockJobs, stockRoutes } from "./modules/stock/index.ts";
import { tasksJobs, tasksRoutes, tasksSubscribers } from "./modules/tasks/index.ts";
import {
  eReceiptRoutes,
  giftReceiptRoutes,
  invoiceRoutes,
  isPracticeAt,
  journalParts,
  kioskRoutes,
  receiptOf,
  registerLive,
  replayCommand,
  sellingPlaceOf,
  tillRoutes,
  tablesJobs,
  tablesLive,
  tillSubscribers,
} from "./modules/till/index.ts";
import {
  lastSeenOf,
  quarantine,
  resendsFollower,
  startFollowers,
  startTouchpoints,
  timelineOf,
  touchpointsJobs,
  touchpointsRoutes,
  touchpointsSubscribers,
} from "./modules/touchpoints/index.ts";
import { signUpOnPhone, tourJobs, tourRoutes } from "./modules/tour/index.ts";
import { ERASURE_HOOKS, HOLDINGS } from "./personal-data.ts";
import { RETENTION } from "./retention.ts";
import { adviceRoutes } from "./views/advice/index.ts";
import { availabilityRoutes } from "./views/availability/index.ts";
import { VERSION } from "./version.ts";
import { boardRoutes, queueLive, stationsLive } from "./views/board/index.ts";
import { cardsOf, customerLive, customerScreens, customerViewRoutes } from "./views/customer/index.ts";
import { giftCardRoutes } from "./views/gift-cards/index.ts";
import { levelPreviewRoutes } from "./views/level-preview/index.ts";
import { loyaltyViewRoutes } from "./views/loyalty/index.ts";
import {
  documentRoutes,
  orderChangeRoutes,
  orderLive,
  orderViewRoutes,
  seesOrder,
  showOrder,
  soldGiftCardRoutes,
  workLive,
} from "./views/orders/index.ts";
import { quoteRoutes } from "./views/offers/index.ts";
import { promotionTrialRoutes } from "./views/promotions/index.ts";
import { catalogPresenters, feedRoutes, productHead, productsRoutes, shopWindows, storeLive } from "./views/products/index.ts";
import { privacyViewRoutes } from "./views/privacy/index.ts";
import { queueRoutes } from "./views/queue/index.ts";
import { recallViewRoutes } from "./views/recalls/index.ts";
import { storesRoutes } from "./views/stores/index.ts";
import { todayLive, todayRoutes } from "./views/today/index.ts";
import {
  SYSTEM,
  dbOn,
  deadLetterRoutes,
  readEpoch,
  type Config,
  type Invariant,
  type Job,
  type LivePresenter,
  type Log,
  type ReadCtx,
  type Route,
  type Running,
  type ShownTouch,
  type Signer,
  type Snapshots,
  type Subscriber,
  type Vault,
} from "./platform/index.ts";

export type WiringParts = {
  readonly pool: pg.Pool;
  readonly config: Pick<Config, "isDemo" | "smtpFrom"> &
    Partial<Pick<Config, "publicUrl" | "smtpUrl" | "host" | "port" | "stripeAccounts" | "takesTestCards" | "appleWallet" | "googleWallet">>;
  readonly log: Log;
  readonly vault: Vault;
  readonly signer: Signer;
  readonly snapshots: Snapshots;
};

/** What the modules give to the hub, and the ports between those that must not know each other, joined. */
export type Wired = {
  readonly routes: readonly Route[];
  readonly subscribers: readonly Subscriber[];
  readonly presenters: readonly LivePresenter[];
  readonly invariants: readonly Invariant[];
  readonly shown: (touch: ShownTouch) => void;
  /** Takes what the log follower read: for what nodes keep in memory. */
  readonly onEvents: (events: readonly HubEvent[]) => void;
  readonly jobs: readonly Job[];
  /** What the head of a product's page in the shop says to search engines. */
  productHead(slug: string, locale: Locale): Promise<string | undefined>;
  /** Pages that are none of an app's. */
  servePages(app: FastifyInstance): void;
  /** What runs beside the requests on nodes that work. */
  startBeside(): Running[];
  stop(): Promise<void>;
};

/** What a visitor of a website says of being measured, by weft.js. */
const MEASUREMENT = { source: "web", wordingVersion: "weft.js", language: "en", proof: null, isFromMailbox: false } as const;
const choiceOf = (isAllowed: boolean) => ({ purpose: "measurement", state: isAllowed ? "granted" : "withdrawn" }) as const;

export const BRAND = "Trama";

/** The parts of the hub that are modules: their routes, listeners, live views and invariants, with the ports between them. */
export async function wireModules({ pool, log, config, signer, snapshots, vault }: WiringParts): Promise<Wired> {
  const publicUrl = config.publicUrl ?? "";
  // Who is at the hub already needs no host in a link; who reads a mail does.
  const mailUrl = config.publicUrl ?? `http://${config.host ?? "127.0.0.1"}:${config.port ?? 4400}`;
  const sandbox = createSandboxProvider(pool);
  const provider = (config.takesTestCards ?? true) ? sandbox : withoutTestCards(sandbox);
  const stripe = readStripeAccounts(config.stripeAccounts);
  const wallets = readWallets({ apple: config.appleWallet, google: config.googleWallet }, mailUrl);
  const tellers = walletTellers(wallets);
  const cardTakers = { provider, accounts: stripeAccounts(pool, stripe) };
  const settling = { vault, ...cardTakers, takesBack, providerWaitMs: 8000, publicUrl: mailUrl };
  const orderView = { vault, receiptOf };
  const epoch = await readEpoch(pool);
  const till = { vault, signer, ...cardTakers, takesBack, providerWaitMs: settling.providerWaitMs, quarantine };
  const brand = { name: BRAND, accent: "#96391d" };
  const smtp = config.smtpUrl === undefined ? null : smtpMail(config.smtpUrl, config.smtpFrom);
  const send = sendJob({ mail: smtp, vault, publicUrl: mailUrl });
  const mailings = noticeMailingsJob({ brand });
  const recalls = recallMessagesJob({ brand });
  const compareWishes = compareJob();
  const place = async (ctx: Pick<ReadCtx, "snapshots">, placeId: PlaceId) =>
    (await ctx.snapshots.current(placesSnapshot)).places.get(placeId);
  const tour = { stage: config.isDemo ? tourStage() : null, erasureHooks: ERASURE_HOOKS, sale: { vault, provider: sandbox } };
  const feeds = { publicUrl: mailUrl, brand: BRAND, shelf: { factsOf: keptFeed, packedOf: packedFeed, keep: keepFeed } };
  const windows = shopWindows(feeds);
  const compare = checkJob(windows);
  const touchpoints = startTouchpoints({ pool, log });
  const journal = journalParts({ signer, softwareVersion: VERSION, tse: config.isDemo ? createSandboxTse(pool) : null });
  const importing = importJob({ pool, snapshots, log, vault });
  return {
    routes: [
      ...accessRoutes({
        vault,
        greet: greetCustomer,
        place,
        async adoptCart(ctx, anonymous, recordId) {
          await lockCustomer(ctx, recordId);
          await adoptAtSignIn(ctx, anonymous, recordId);
        },
        isTraining: isPracticeAt,
        registerPlace: sellingPlaceOf,
        channelFor: (_ctx, sessionName, placeId) => channelForApp(snapshots, sessionName, placeId),
        demoPersonas: config.isDemo ? demoPersonas() : null,
        ...(config.isDemo && { signUpVisitor: signUpOnPhone }),
      }),
      ...placesRoutes({ mayActAt, audit: auditWrite }),
      ...storesRoutes,
      ...catalogRoutes(catalogPresenters),
      ...productsRoutes,
      ...feedRoutes(feeds),
      ...stockRoutes,
      ...promisesRoutes,
      ...pricingRoutes,
      ...batchesRoutes,
      ...recallViewRoutes,
      ...promotionTrialRoutes,
      ...availabilityRoutes,
      ...adviceRoutes,
      ...channelsRoutes({ brand: { name: BRAND, logoUrl: null }, isDemo: config.isDemo, version: VERSION }),
      ...customersRoutes({
        vault,
        publicUrl,
        screens: customerScreens(lastSeenOf),
        adoptCart: adoptAtSignIn,
        cards: cardsOf({ signer, vault }),
        place,
        erasureHooks: ERASURE_HOOKS,
        // Everybody in a demo comes from the same few addresses.
        mostCodesPerAddress: config.isDemo ? 10_000 : 100,
      }),
      ...levelPreviewRoutes,
      ...customerViewRoutes({ signer, vault, lastSeenOf, timelineOf, exporters: HOLDINGS }),
      ...consentRoutes({ vault }),
      ...privacyRoutes,
      ...companiesRoutes,
      ...ledgerRoutes,
      ...accountRoutes,
      ...settlementsRoutes(cardTakers),
      ...privacyViewRoutes({ retention: RETENTION }),
      ...loyaltyRoutes({ signer, vault, wallets, publicUrl: mailUrl }),
      ...storedValueRoutes({ vault }),
      ...soldGiftCardRoutes({ vault, signer }),
      ...giftCardRoutes({ vault }),
      ...loyaltyViewRoutes,
      ...cartRoutes({ publicUrl, vault }),
      ...bookingsRoutes({ vault, publicUrl: mailUrl }),
      ...savedRoutes({ vault, publicUrl }),
      ...paymentRoutes(settling),
      ...stripeRoutes(settling, stripe),
      ...checkoutRoutes({ ...settling, signer, showOrder: (ctx, id) => showOrder(ctx, orderView, id, "others") }),
      ...orderChangeRoutes,
      ...fulfillmentRoutes({ vault, signer, ...cardTakers }),
      ...orderViewRoutes(orderView),
      ...documentRoutes(brand),
      ...quoteRoutes(brand),
      ...boardRoutes,
      ...queueRoutes,
      ...returnsRoutes({ vault, brand, seesOrder }),
      ...tillRoutes({ ...till, epoch }),
      ...kioskRoutes({ vault, cards: cardsOf({ signer, vault }) }),
      ...eReceiptRoutes({ vault, brand }),
      ...giftReceiptRoutes({ brand }),
      ...invoiceRoutes,
      ...journal.routes,
      ...messagesRoutes({ brand, isDemo: config.isDemo, vault, publicUrl: mailUrl }),
      ...touchpointsRoutes({
        lane: touchpoints.lane,
        isDemo: config.isDemo,
        takeChoice: (ctx, recordId, isAllowed) => decide(ctx, vault, { ...MEASUREMENT, recordId, choices: [choiceOf(isAllowed)] }),
        handlers: {
          "till.command": replayCommand(till),
          [ORDER_LINE]: replayOrderLine,
          [PRODUCT_LINE]: replayProductLine,
          [FILE_LINE]: replayFileLine(vault),
        },
      }),
      ...filesRoutes({ vault }),
      ...productFileRoutes,
      ...tasksRoutes,
      ...todayRoutes(),
      ...insightsRoutes,
      ...parityRoutes(windows),
      ...tourRoutes(tour),
      ...deadLetterRoutes,
    ],
    subscribers: [
      ...customerSubscribers,
      ...privacySubscribers,
      ...loyaltySubscribers,
      ...tellers.subscribers,
      ...pricingSubscribers,
      ...cartsSubscribers,
      ...bookingsSubscribers,
      ...promisesSubscribers,
      ...fulfillmentSubscribers,
      ...savedSubscribers(compareWishes),
      documentsSubscriber,
      ...checkoutSubscribers(settling),
      ...messagesSubscribers({ brand, vault, publicUrl: mailUrl, send, mailings, recalls }),
      ...touchpointsSubscribers,
      ...tillSubscribers,
      ...journal.subscribers,
      ...tasksSubscribers,
      ...paritySubscribers(compare),
      ...importSubscribers(importing),
    ],
    presenters: [
      storeLive(),
      goodsLive(),
      registerLive(),
      tablesLive,
      cartLive,
      screenLive,
      orderLive(orderView),
      requestsLive({ vault, seesOrder }),
      workLive,
      queueLive,
      stationsLive,
      customerLive,
      levelChangeLive,
      todayLive,
    ],
    invariants: INVARIANTS,
    shown: (touch) => touchpoints.shown(touch),
    onEvents: (events) => touchpoints.onEvents(events),
    jobs: [
      ...accessJobs,
      ...customerJobs,
      nobodiesJob,
      ...cartJobs,
      ...savedJobs,
      ...bookingsJobs,
      ...pricingJobs,
      compareWishes,
      ...loyaltyJobs,
      ...tellers.jobs,
      ...storedValueJobs,
      ...consentJobs,
      ...privacyJobs,
      ...companiesJobs,
      ...monthsJobs,
      ...promisesJobs,
      ...stockJobs,
      ...fulfillmentJobs,
      ...tasksJobs({ vault }),
      ...checkoutJobs(settling),
      ...messagesJobs,
      send,
      mailings,
      recalls,
      ...touchpointsJobs,
      ...insightsJobs,
      ...parityJobs(compare),
      ...importJobs(importing),
      ...journal.jobs,
      ...tablesJobs,
      ...(config.isDemo ? tourJobs(tour) : []),
    ],
    productHead: (slug, locale) =>
      productHead(
        { db: dbOn(pool), now: new Date(), actor: SYSTEM, requestId: "page", snapshots, log },
        { slug, locale, publicUrl: mailUrl, brand: BRAND },
      ),
    servePages: (app) => serveSandboxBank(app, sandbox),
    startBeside: () => {
      const around = { pool, snapshots, log, actor: SYSTEM, requestId: "sandbox" };
      return [
        startBringingBack(pool, log),
        startTurning({ pool, snapshots, log }),
        startFollowers({ pool, snapshots, log, followers: [resendsFollower, seamsFollower] }),
        startHoldSweeper(pool, log),
        startLeaseWatch({ ...around, requestId: "leases" }),
        startSandboxWebhooks(
          sandbox,
          async (intentId, answer) => {
            await takeProviderAnswer(deskOn(around), settling, intentId, answer);
            await followDispute(deskOn(around), sandbox, intentId);
          },
          (error) => log.error({ err: error }, "a late answer of the sandbox could not be taken"),
        ),
      ];
    },
    async stop() {
      await touchpoints.stop();
      smtp?.close();
    },
  };
}

import type { z } from "zod";
import type { AppConfig, Channel, ChannelAbility, ChannelKey, LevelChange, LevelPreview, PlaceLevel } from "./channels.ts";
import type {
  ConsentCell,
  ConsentEntry,
  ContactPreferences,
  DataUse,
  EntityConsentRule,
  LinkTerms,
  PreferencesInForce,
  Suppression,
  Terms,
} from "./consent.ts";
import type { AuditEntry, Device, Session, StaffMember } from "./access.ts";
import type { BoardQueue, BoardTicket } from "./boards.ts";
import type { QueuePerformance } from "./queue.ts";
import type { Advice, AdvisedGoods, BoughtBefore, Suggestion } from "./advice.ts";
import type { StationItem, StationQueue, StationTicket } from "./stations.ts";
import type { Cart, CartHolder, CartLine, CartOpening, CartTotals, OpenedCart, Requirement, TaxShare } from "./carts.ts";
import type { OperationResult } from "./cart-operations.ts";
import type { CatalogEntry, EditedCategory, EditedOptionGroup, ProductDraft, ProductImportResult } from "./catalog-editing.ts";
import type {
  Availability,
  Category,
  OptionGroup,
  OptionValue,
  Product,
  ProductFacets,
  ProductSummary,
  ReducedPrice,
  ShownDeposit,
  Variant,
} from "./catalog.ts";
import type {
  Access,
  Customer,
  CustomerIdentifier,
  CustomerPage,
  CustomerResolution,
  NewCustomerBody,
  ProfileField,
  SourceRecord,
  TimelineEntry,
} from "./customers.ts";
import type { CustomerCandidate, TillCustomer } from "./till-customers.ts";
import type { Company, CompanyMember, CompanyPage, OwnCompany } from "./companies.ts";
import type { OwedRow } from "./owed.ts";
import type { KeptSettlement, Settlement, SettlementDifference } from "./settlements.ts";
import type { CompanyAccount, InvoicePayment, MonthInvoice } from "./company-accounts.ts";
import type { Offer, OpenedOffer } from "./offers.ts";
import type { Adviser, Booking, PlaceBooking, Service, ServiceOpening } from "./bookings.ts";
import type { ListOperationResult, SavedItem, SavedList, SharedList, Wish, WishedGoods, WishOffer } from "./saved.ts";
import type { Endpoints } from "./endpoints.ts";
import type { IdentifierLimit, IdentifierPage, LimitsPreview, MatchingLimits, PairJudged, PairJudgment } from "./identifiers.ts";
import type { ImportPreview, ImportRun, ImportSettings } from "./imports.ts";
import type { GiftCard, GiftCardFile, ListedGiftCard, SoldGiftCard, StoreCredit, ToppedUpGiftCard } from "./stored-value.ts";
import type { BonusTerms, ExpiryTerms, LoyaltyLiability, LoyaltyProgram, LoyaltySimulation, Reward, TierTerms } from "./loyalty-program.ts";
import type { LoyaltyPartner, PartnerOutcomes, PartnerPayment, PartnerStatement, PartnerTerms } from "./loyalty-partners.ts";
import type { PointsPool, PointsTransfer } from "./loyalty-sharing.ts";
import type { LoyaltyTerms } from "./loyalty-terms.ts";
import type { GRANT_REASONS, Loyalty, LoyaltyEntry, LoyaltyLot, LoyaltyLots, PointsGrant, RewardOffer } from "./loyalty.ts";
import type { FieldRules, FieldRulesState, Match, MatchingState, MatchReason, Violation } from "./matching.ts";
import type { OutboundMessage } from "./messages.ts";
import type { DeadLetter, HealthReport } from "./operations.ts";
import type { Fulfillment, Parcel } from "./fulfillments.ts";
import type { OrderReturns, ReturnRequest } from "./return-requests.ts";
import type { UnprovenOffer, UnprovenUnits } from "./unproven-returns.ts";
import type { Return, ReturnedUnits, ReturnOffer, ReturnTerms } from "./returns.ts";
import type { CompletionBody } from "./checkout.ts";
import type { ChangeLink, OpenedChangeLink } from "./change-links.ts";
import type { OrderActions, OrderChangePreview, OrderVersion } from "./order-changes.ts";
import type { Order, OrderDocument, OrderLine, OrderSummary, Tender } from "./orders.ts";
import type { CardWay, Dispute, PaymentMethods, Refund } from "./payments.ts";
import type { OperationId } from "./paths.ts";
import type { Address, LegalEntity, OpeningHours, OpenState, Place, PlaceGroup, PlaceTree, Store } from "./places.ts";
import type {
  DataExport,
  DataPurpose,
  Informing,
  Notice,
  NoticeCount,
  NoticeMailing,
  PrivacyRequest,
  PrivacyStep,
  RetentionRow,
  Unreached,
} from "./privacy.ts";
import type {
  GoodsFilter,
  ListedPrice,
  PriceList,
  Promotion,
  PromotionBenefit,
  PromotionCode,
  PromotionTerms,
  PromotionTrial,
  TrialCart,
} from "./promotions.ts";
import type { Deposit, RoundingSetting } from "./pricing-settings.ts";
import type { Recall, RecalledPurchase, RecalledSale, RecallFigures } from "./recalls.ts";
import type { ShownPromotion } from "./shown-promotions.ts";
import type { DeliveryAddress, DeliveryMethod, PlacePromise, ShippingAnswer, SoldAhead } from "./promises.ts";
import type { StockAskedLine, StockDocument, StockDocumentRow } from "./stock-documents.ts";
import type { StockConflict, StockLevel, StockMovement } from "./stock.ts";
import type { Task, TaskCount, TaskKindSetting, TaskRun, TaskStep } from "./tasks.ts";
import type { DaySales, TodayGoods, TodayNow, TodaySales, TodayTills, TodayWork } from "./today.ts";
import type { Kiosk } from "./kiosks.ts";
import type { TableTab, TicketTab, tillTablesEndpoints } from "./till-tables.ts";
import type { ParkedTicket } from "./till.ts";
import type { CashCount, TillCommandAnswer } from "./till-commands.ts";
import type { EntryProof, RegisterJournal, UnsignedDocument } from "./till-entries.ts";
import type { EReceipt } from "./till-e-receipts.ts";
import type { GiftReceipt } from "./till-gift-receipts.ts";
import type { Receipt } from "./till-receipts.ts";
import type {
  FiscalArchive,
  FiscalIdentity,
  JournalCheck,
  JournalClosing,
  JournalEntry,
  JournalEntryRow,
  JournalRegister,
} from "./till-journal.ts";
import type { Drawer, Equipment, Register, Shift, TestPrint, TillDrawer } from "./till-shifts.ts";
import type { ParityCheck, ParityCount, ParityDifference, ParityProduct } from "./parity.ts";
import type { Continuity, ContinuityFacet, ContinuityPair, Seam } from "./insights.ts";
import type { Tour, TOUR_SCENES } from "./tour.ts";
import type { IntakeAnswer, QuarantinedItem, SuspectedResend } from "./touchpoints.ts";

type Out<T extends z.ZodType> = z.output<T>;

export type AppConfigView = Out<typeof AppConfig>;
export type ChannelView = Out<typeof Channel>;
export type ChannelKeyView = Out<typeof ChannelKey>;
export type PlaceLevelView = Out<typeof PlaceLevel>;
export type LevelChangeView = Out<typeof LevelChange>;
export type LevelPreviewView = Out<typeof LevelPreview>;
export type ChannelAbilityView = Out<typeof ChannelAbility>;
export type SessionView = Out<typeof Session>;
export type StaffMemberView = Out<typeof StaffMember>;
export type TourView = Out<typeof Tour>;
export type TourSceneName = (typeof TOUR_SCENES)[number];
export type AuditEntryView = Out<typeof AuditEntry>;
export type BoardQueueView = Out<typeof BoardQueue>;
export type BoardTicketView = Out<typeof BoardTicket>;
export type StationQueueView = Out<typeof StationQueue>;
export type QueuePerformanceView = Out<typeof QueuePerformance>;
export type StationTicketView = Out<typeof StationTicket>;
export type StationItemView = Out<typeof StationItem>;
export type CompanyView = Out<typeof Company>;
export type CompanyPageView = Out<typeof CompanyPage>;
export type CompanyMemberView = Out<typeof CompanyMember>;
export type OwnCompanyView = Out<typeof OwnCompany>;
export type SettlementView = Out<typeof Settlement>;
export type OwedRowView = Out<typeof OwedRow>;
export type SettlementDifferenceView = Out<typeof SettlementDifference>;
export type KeptSettlementView = Out<typeof KeptSettlement>;
export type CompanyAccountView = Out<typeof CompanyAccount>;
export type InvoicePaymentView = Out<typeof InvoicePayment>;
export type MonthInvoiceView = Out<typeof MonthInvoice>;
export type CartView = Out<typeof Cart>;
export type ServiceView = Out<typeof Service>;
export type ServiceOpeningView = Out<typeof ServiceOpening>;
export type AdviserView = Out<typeof Adviser>;
export type BookingView = Out<typeof Booking>;
export type PlaceBookingView = Out<typeof PlaceBooking>;
export type AdviceView = Out<typeof Advice>;
export type AdvisedGoodsView = Out<typeof AdvisedGoods>;
export type BoughtBeforeView = Out<typeof BoughtBefore>;
export type SuggestionView = Out<typeof Suggestion>;
export type SavedListView = Out<typeof SavedList>;
export type SavedItemView = Out<typeof SavedItem>;
export type SharedListView = Out<typeof SharedList>;
export type ListOperationResultView = Out<typeof ListOperationResult>;
export type WishView = Out<typeof Wish>;
export type WishOfferView = Out<typeof WishOffer>;
export type WishedGoodsView = Out<typeof WishedGoods>;
export type DisputeView = Out<typeof Dispute>;
export type OfferView = Out<typeof Offer>;
export type OpenedOfferView = Out<typeof OpenedOffer>;
export type ChangeLinkView = Out<typeof ChangeLink>;
export type OpenedChangeLinkView = Out<typeof OpenedChangeLink>;
export type CartLineView = Out<typeof CartLine>;
export type CartTotalsView = Out<typeof CartTotals>;
export type CartHolderView = Out<typeof CartHolder>;
export type OpenedCartView = Out<typeof OpenedCart>;
export type CartOpeningView = Out<typeof CartOpening>;
export type OperationResultView = Out<typeof OperationResult>;
export type RequirementView = Out<typeof Requirement>;
export type TaxShareView = Out<typeof TaxShare>;
export type AvailabilityView = Out<typeof Availability>;
export type CategoryView = Out<typeof Category>;
export type OptionGroupView = Out<typeof OptionGroup>;
export type OptionValueView = Out<typeof OptionValue>;
export type ProductView = Out<typeof Product>;
export type ProductSummaryView = Out<typeof ProductSummary>;
export type ProductFacetsView = Out<typeof ProductFacets>;
export type VariantView = Out<typeof Variant>;
export type ReducedPriceView = Out<typeof ReducedPrice>;
export type CatalogEntryView = Out<typeof CatalogEntry>;
export type ProductDraftView = Out<typeof ProductDraft>;
export type EditedCategoryView = Out<typeof EditedCategory>;
export type EditedOptionGroupView = Out<typeof EditedOptionGroup>;
export type ProductImportResultView = Out<typeof ProductImportResult>;
export type CustomerView = Out<typeof Customer>;
export type CustomerCandidateView = Out<typeof CustomerCandidate>;
export type CustomerIdentifierView = Out<typeof CustomerIdentifier>;
export type IdentifierLimitView = Out<typeof IdentifierLimit>;
export type IdentifierPageView = Out<typeof IdentifierPage>;
export type LimitsPreviewView = Out<typeof LimitsPreview>;
export type MatchingLimitsView = Out<typeof MatchingLimits>;
export type PairJudgedView = Out<typeof PairJudged>;
export type PairJudgmentInput = Out<typeof PairJudgment>;
export type CustomerPageView = Out<typeof CustomerPage>;
export type CustomerResolutionView = Out<typeof CustomerResolution>;
export type NewCustomer = Out<typeof NewCustomerBody>;
export type MatchView = Out<typeof Match>;
export type MatchReasonView = Out<typeof MatchReason>;
export type MatchingView = Out<typeof MatchingState>;
export type ViolationView = Out<typeof Violation>;
export type FieldRulesView = Out<typeof FieldRules>;
export type FieldRulesStateView = Out<typeof FieldRulesState>;
export type ProfileFieldView = Out<typeof ProfileField>;
export type SourceRecordView = Out<typeof SourceRecord>;
export type TillCustomerView = Out<typeof TillCustomer>;
export type TimelineEntryView = Out<typeof TimelineEntry>;
export type TermsView = Out<typeof Terms>;
export type LinkTermsView = Out<typeof LinkTerms>;
export type ConsentCellView = Out<typeof ConsentCell>;
export type DataUseView = Out<typeof DataUse>;
export type NoticeView = Out<typeof Notice>;
export type InformingView = Out<typeof Informing>;
export type NoticeMailingView = Out<typeof NoticeMailing>;
export type UnreachedView = Out<typeof Unreached>;
export type NoticeCountView = Out<typeof NoticeCount>;
export type PrivacyRequestView = Out<typeof PrivacyRequest>;
export type PrivacyStepView = Out<typeof PrivacyStep>;
export type DataPurposeView = Out<typeof DataPurpose>;
export type RetentionRowView = Out<typeof RetentionRow>;
export type DataExportView = Out<typeof DataExport>;
export type ConsentEntryView = Out<typeof ConsentEntry>;
export type ContactPreferencesView = Out<typeof ContactPreferences>;
export type PreferencesInForceView = Out<typeof PreferencesInForce>;
export type SuppressionView = Out<typeof Suppression>;
export type EntityConsentRuleView = Out<typeof EntityConsentRule>;
export type LoyaltyView = Out<typeof Loyalty>;
export type StoreCreditView = Out<typeof StoreCredit>;
export type GiftCardView = Out<typeof GiftCard>;
export type SoldGiftCardView = Out<typeof SoldGiftCard>;
export type ToppedUpGiftCardView = Out<typeof ToppedUpGiftCard>;
export type ListedGiftCardView = Out<typeof ListedGiftCard>;
export type GiftCardFileView = Out<typeof GiftCardFile>;
export type LoyaltyEntryView = Out<typeof LoyaltyEntry>;
export type LoyaltyProgramView = Out<typeof LoyaltyProgram>;
export type LoyaltySimulationView = Out<typeof LoyaltySimulation>;
export type LoyaltyLiabilityView = Out<typeof LoyaltyLiability>;
export type LoyaltyLotView = Out<typeof LoyaltyLot>;
export type LoyaltyLotsView = Out<typeof LoyaltyLots>;
export type BonusTermsView = Out<typeof BonusTerms>;
export type TierTermsView = Out<typeof TierTerms>;
export type PointsTransferView = Out<typeof PointsTransfer>;
export type PointsPoolView = Out<typeof PointsPool>;
export type LoyaltyTermsView = Out<typeof LoyaltyTerms>;
export type LoyaltyPartnerView = Out<typeof LoyaltyPartner>;
export type PartnerTermsView = Out<typeof PartnerTerms>;
export type PartnerStatementView = Out<typeof PartnerStatement>;
export type PartnerOutcomesView = Out<typeof PartnerOutcomes>;
export type PartnerPaymentView = Out<typeof PartnerPayment>;
export type ExpiryTermsView = Out<typeof ExpiryTerms>;
export type ShownPromotionView = Out<typeof ShownPromotion>;
export type PromotionView = Out<typeof Promotion>;
export type PromotionTermsView = Out<typeof PromotionTerms>;
export type PromotionBenefitView = Out<typeof PromotionBenefit>;
export type GoodsFilterView = Out<typeof GoodsFilter>;
export type PromotionCodeView = Out<typeof PromotionCode>;
export type PromotionTrialView = Out<typeof PromotionTrial>;
export type TrialCartInput = Out<typeof TrialCart>;
export type PriceListView = Out<typeof PriceList>;
export type ShownDepositView = Out<typeof ShownDeposit>;
export type DepositView = Out<typeof Deposit>;
export type RecallView = Out<typeof Recall>;
export type RecallFiguresView = Out<typeof RecallFigures>;
export type RecalledPurchaseView = Out<typeof RecalledPurchase>;
export type RecalledSaleView = Out<typeof RecalledSale>;
export type RoundingSettingView = Out<typeof RoundingSetting>;
export type ListedPriceView = Out<typeof ListedPrice>;
export type RewardView = Out<typeof Reward>;
export type RewardOfferView = Out<typeof RewardOffer>;
export type PointsGrantView = Out<typeof PointsGrant>;
export type GrantReason = (typeof GRANT_REASONS)[number];
export type DeviceView = Out<typeof Device>;
export type AccessView = Out<typeof Access>;
export type OutboundMessageView = Out<typeof OutboundMessage>;
export type DeadLetterView = Out<typeof DeadLetter>;
export type HealthReportView = Out<typeof HealthReport>;
export type CompletionInput = Out<typeof CompletionBody>;
export type FulfillmentView = Out<typeof Fulfillment>;
export type OrderView = Out<typeof Order>;
export type OrderLineView = Out<typeof OrderLine>;
export type OrderActionsView = Out<typeof OrderActions>;
export type OrderChangePreviewView = Out<typeof OrderChangePreview>;
export type OrderVersionView = Out<typeof OrderVersion>;
export type OrderDocumentView = Out<typeof OrderDocument>;
export type OrderSummaryView = Out<typeof OrderSummary>;
export type CardWayView = Out<typeof CardWay>;
export type PaymentMethodsView = Out<typeof PaymentMethods>;
export type RefundView = Out<typeof Refund>;
export type ReturnView = Out<typeof Return>;
export type UnprovenOfferView = Out<typeof UnprovenOffer>;
export type UnprovenUnitsView = Out<typeof UnprovenUnits>;
export type ReturnOfferView = Out<typeof ReturnOffer>;
export type ReturnTermsView = Out<typeof ReturnTerms>;
export type ReturnRequestView = Out<typeof ReturnRequest>;
export type OrderReturnsView = Out<typeof OrderReturns>;
export type ReturnedUnitsView = Out<typeof ReturnedUnits>;
export type TenderView = Out<typeof Tender>;
export type AddressView = Out<typeof Address>;
export type LegalEntityView = Out<typeof LegalEntity>;
export type OpeningHoursView = Out<typeof OpeningHours>;
export type OpenStateView = Out<typeof OpenState>;
export type PlaceView = Out<typeof Place>;
export type PlaceGroupView = Out<typeof PlaceGroup>;
export type PlaceTreeView = Out<typeof PlaceTree>;
export type StoreView = Out<typeof Store>;
export type PlacePromiseView = Out<typeof PlacePromise>;
export type SoldAheadView = Out<typeof SoldAhead>;
export type DeliveryAddressView = Out<typeof DeliveryAddress>;
export type DeliveryMethodView = Out<typeof DeliveryMethod>;
export type ParcelView = Out<typeof Parcel>;
export type ShippingAnswerView = Out<typeof ShippingAnswer>;
export type StockConflictView = Out<typeof StockConflict>;
export type StockAskedLineView = Out<typeof StockAskedLine>;
export type StockDocumentView = Out<typeof StockDocument>;
export type StockDocumentRowView = Out<typeof StockDocumentRow>;
export type StockLevelView = Out<typeof StockLevel>;
export type StockMovementView = Out<typeof StockMovement>;
export type CashCountInput = Out<typeof CashCount>;
export type KioskView = Out<typeof Kiosk>;
export type ParkedTicketView = Out<typeof ParkedTicket>;
export type TableTabView = Out<typeof TableTab>;
export type TicketTabView = Out<typeof TicketTab>;
export type TablesView = Out<(typeof tillTablesEndpoints)["till.tables"]["response"]>;
export type ReceiptView = Out<typeof Receipt>;
export type EReceiptView = Out<typeof EReceipt>;
export type GiftReceiptView = Out<typeof GiftReceipt>;
export type RegisterView = Out<typeof Register>;
export type ShiftView = Out<typeof Shift>;
export type DrawerView = Out<typeof Drawer>;
export type TestPrintView = Out<typeof TestPrint>;
export type EquipmentView = Out<typeof Equipment>;
export type TillDrawerView = Out<typeof TillDrawer>;
export type TillCommandAnswerView = Out<typeof TillCommandAnswer>;
export type RegisterJournalView = Out<typeof RegisterJournal>;
export type UnsignedDocumentView = Out<typeof UnsignedDocument>;
export type EntryProofView = Out<typeof EntryProof>;
export type TaskView = Out<typeof Task>;
export type TaskCountView = Out<typeof TaskCount>;
export type TaskStepView = Out<typeof TaskStep>;
export type TaskRunView = Out<typeof TaskRun>;
export type TaskKindSettingView = Out<typeof TaskKindSetting>;
export type TodayNowView = Out<typeof TodayNow>;
export type TodayWorkView = Out<typeof TodayWork>;
export type TodayTillsView = Out<typeof TodayTills>;
export type TodayGoodsView = Out<typeof TodayGoods>;
export type TodaySalesView = Out<typeof TodaySales>;
export type DaySalesView = Out<typeof DaySales>;
export type ImportRunView = Out<typeof ImportRun>;
export type ImportPreviewView = Out<typeof ImportPreview>;
export type ImportSettingsView = Out<typeof ImportSettings>;
export type IntakeAnswerView = Out<typeof IntakeAnswer>;
export type ContinuityView = Out<typeof Continuity>;
export type ContinuityPairView = Out<typeof ContinuityPair>;
export type ContinuityFacetView = Out<typeof ContinuityFacet>;
export type SeamView = Out<typeof Seam>;
export type JournalRegisterView = Out<typeof JournalRegister>;
export type JournalEntryRowView = Out<typeof JournalEntryRow>;
export type JournalEntryView = Out<typeof JournalEntry>;
export type JournalClosingView = Out<typeof JournalClosing>;
export type JournalCheckView = Out<typeof JournalCheck>;
export type FiscalArchiveView = Out<typeof FiscalArchive>;
export type FiscalIdentityView = Out<typeof FiscalIdentity>;
export type ParityCheckView = Out<typeof ParityCheck>;
export type ParityCountView = Out<typeof ParityCount>;
export type ParityDifferenceView = Out<typeof ParityDifference>;
export type ParityProductView = Out<typeof ParityProduct>;
export type SuspectedResendView = Out<typeof SuspectedResend>;
export type QuarantinedItemView = Out<typeof QuarantinedItem>;

type SchemaOf<Op extends OperationId, Part extends string> =
  Endpoints[Op] extends Record<Part, infer S> ? (S extends z.ZodType ? S : never) : never;
/** What a client sends in the body of an operation; `never` when it takes none. */
export type BodyOf<Op extends OperationId> = [SchemaOf<Op, "body">] extends [never] ? never : z.input<SchemaOf<Op, "body">>;
/** The body as the hub reads it, defaults filled in. */
export type ParsedBodyOf<Op extends OperationId> = [SchemaOf<Op, "body">] extends [never] ? undefined : z.output<SchemaOf<Op, "body">>;
export type ParamsOf<Op extends OperationId> = [SchemaOf<Op, "params">] extends [never] ? never : z.input<SchemaOf<Op, "params">>;
export type ParsedParamsOf<Op extends OperationId> = [SchemaOf<Op, "params">] extends [never]
  ? Record<never, never>
  : z.output<SchemaOf<Op, "params">>;
export type QueryOf<Op extends OperationId> = [SchemaOf<Op, "query">] extends [never] ? never : z.input<SchemaOf<Op, "query">>;
export type ParsedQueryOf<Op extends OperationId> = [SchemaOf<Op, "query">] extends [never]
  ? Record<never, never>
  : z.output<SchemaOf<Op, "query">>;
export type AnswerOf<Op extends OperationId> = [SchemaOf<Op, "response">] extends [never] ? null : z.output<SchemaOf<Op, "response">>;

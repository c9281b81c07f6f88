import type { Icon } from "@tabler/icons-react";
import IconActivityHeartbeat from "@tabler/icons-react/dist/esm/icons/IconActivityHeartbeat.mjs";
import IconAdjustments from "@tabler/icons-react/dist/esm/icons/IconAdjustments.mjs";
import IconAlertTriangle from "@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs";
import IconArrowsJoin from "@tabler/icons-react/dist/esm/icons/IconArrowsJoin.mjs";
import IconArrowsSplit2 from "@tabler/icons-react/dist/esm/icons/IconArrowsSplit2.mjs";
import IconBook2 from "@tabler/icons-react/dist/esm/icons/IconBook2.mjs";
import IconBottle from "@tabler/icons-react/dist/esm/icons/IconBottle.mjs";
import IconBuilding from "@tabler/icons-react/dist/esm/icons/IconBuilding.mjs";
import IconBuildingStore from "@tabler/icons-react/dist/esm/icons/IconBuildingStore.mjs";
import IconCalendarCog from "@tabler/icons-react/dist/esm/icons/IconCalendarCog.mjs";
import IconCalendarEvent from "@tabler/icons-react/dist/esm/icons/IconCalendarEvent.mjs";
import IconCashRegister from "@tabler/icons-react/dist/esm/icons/IconCashRegister.mjs";
import IconFileDollar from "@tabler/icons-react/dist/esm/icons/IconFileDollar.mjs";
import IconEqual from "@tabler/icons-react/dist/esm/icons/IconEqual.mjs";
import IconFileExport from "@tabler/icons-react/dist/esm/icons/IconFileExport.mjs";
import IconFileImport from "@tabler/icons-react/dist/esm/icons/IconFileImport.mjs";
import IconClockHour4 from "@tabler/icons-react/dist/esm/icons/IconClockHour4.mjs";
import IconCoin from "@tabler/icons-react/dist/esm/icons/IconCoin.mjs";
import IconScale from "@tabler/icons-react/dist/esm/icons/IconScale.mjs";
import IconPigMoney from "@tabler/icons-react/dist/esm/icons/IconPigMoney.mjs";
import IconCreditCardRefund from "@tabler/icons-react/dist/esm/icons/IconCreditCardRefund.mjs";
import IconDiscount from "@tabler/icons-react/dist/esm/icons/IconDiscount.mjs";
import IconDeviceTv from "@tabler/icons-react/dist/esm/icons/IconDeviceTv.mjs";
import IconGift from "@tabler/icons-react/dist/esm/icons/IconGift.mjs";
import IconGiftCard from "@tabler/icons-react/dist/esm/icons/IconGiftCard.mjs";
import IconHeart from "@tabler/icons-react/dist/esm/icons/IconHeart.mjs";
import IconHome from "@tabler/icons-react/dist/esm/icons/IconHome.mjs";
import IconId from "@tabler/icons-react/dist/esm/icons/IconId.mjs";
import IconListCheck from "@tabler/icons-react/dist/esm/icons/IconListCheck.mjs";
import IconMail from "@tabler/icons-react/dist/esm/icons/IconMail.mjs";
import IconMathFunction from "@tabler/icons-react/dist/esm/icons/IconMathFunction.mjs";
import IconPackages from "@tabler/icons-react/dist/esm/icons/IconPackages.mjs";
import IconPhone from "@tabler/icons-react/dist/esm/icons/IconPhone.mjs";
import IconPlugConnected from "@tabler/icons-react/dist/esm/icons/IconPlugConnected.mjs";
import IconQrcode from "@tabler/icons-react/dist/esm/icons/IconQrcode.mjs";
import IconReceipt from "@tabler/icons-react/dist/esm/icons/IconReceipt.mjs";
import IconSpeakerphone from "@tabler/icons-react/dist/esm/icons/IconSpeakerphone.mjs";
import IconShieldCheck from "@tabler/icons-react/dist/esm/icons/IconShieldCheck.mjs";
import IconStopwatch from "@tabler/icons-react/dist/esm/icons/IconStopwatch.mjs";
import IconTags from "@tabler/icons-react/dist/esm/icons/IconTags.mjs";
import IconTool from "@tabler/icons-react/dist/esm/icons/IconTool.mjs";
import IconLock from "@tabler/icons-react/dist/esm/icons/IconLock.mjs";
import IconMailOff from "@tabler/icons-react/dist/esm/icons/IconMailOff.mjs";
import IconMapPinShare from "@tabler/icons-react/dist/esm/icons/IconMapPinShare.mjs";
import IconTruckDelivery from "@tabler/icons-react/dist/esm/icons/IconTruckDelivery.mjs";
import IconTruckReturn from "@tabler/icons-react/dist/esm/icons/IconTruckReturn.mjs";
import IconTransfer from "@tabler/icons-react/dist/esm/icons/IconTransfer.mjs";
import IconUsers from "@tabler/icons-react/dist/esm/icons/IconUsers.mjs";
import IconRobot from "@tabler/icons-react/dist/esm/icons/IconRobot.mjs";
import IconRoute from "@tabler/icons-react/dist/esm/icons/IconRoute.mjs";
import type { OperationId } from "@weft/contracts/client";

/** A place of the office: where it is, and the operation that it lives of. Who may not use that one does not see the place. */
export type OfficePage = { readonly key: string; readonly to: string; readonly icon: Icon; readonly needs: OperationId };

/** The places of the office in the groups that its navigation shows. */
export const PAGE_GROUPS = [
  {
    key: "day",
    pages: [
      { key: "home", to: "/", icon: IconHome, needs: "access.session" },
      { key: "tasks", to: "/tasks", icon: IconListCheck, needs: "tasks.list" },
      { key: "task_runs", to: "/by-itself", icon: IconRobot, needs: "taskRuns.list" },
      { key: "calls", to: "/calls", icon: IconPhone, needs: "carts.joinCall" },
      { key: "customers", to: "/customers", icon: IconUsers, needs: "customers.find" },
      { key: "companies", to: "/companies", icon: IconBuilding, needs: "companies.list" },
      { key: "matches", to: "/matches", icon: IconArrowsJoin, needs: "customers.matches" },
      { key: "orders", to: "/orders", icon: IconReceipt, needs: "orders.list" },
      { key: "offers", to: "/offers", icon: IconFileDollar, needs: "offers.list" },
      { key: "returns", to: "/returns", icon: IconTruckReturn, needs: "returns.requests" },
      { key: "settlements", to: "/settlements", icon: IconScale, needs: "settlements.read" },
      { key: "owed", to: "/owed", icon: IconPigMoney, needs: "owed.read" },
      { key: "refunds", to: "/refunds", icon: IconCreditCardRefund, needs: "refunds.list" },
      { key: "gift_cards", to: "/gift-cards", icon: IconGiftCard, needs: "giftCards.list" },
      { key: "collections", to: "/collections", icon: IconClockHour4, needs: "fulfillments.day" },
      { key: "queue", to: "/queue", icon: IconStopwatch, needs: "queue.performance" },
      { key: "bookings", to: "/bookings", icon: IconCalendarEvent, needs: "bookings.ofStore" },
      { key: "shipping", to: "/shipping", icon: IconTruckDelivery, needs: "fulfillments.list" },
    ],
  },
  {
    key: "goods",
    pages: [
      { key: "stock", to: "/stock", icon: IconPackages, needs: "stock.list" },
      { key: "goods", to: "/goods", icon: IconTransfer, needs: "stock.documents" },
      { key: "conflicts", to: "/conflicts", icon: IconAlertTriangle, needs: "stock.conflicts" },
      { key: "catalog", to: "/catalog", icon: IconTags, needs: "catalog.listForOffice" },
      { key: "recalls", to: "/recalls", icon: IconSpeakerphone, needs: "recalls.list" },
      { key: "wishes", to: "/wishes", icon: IconHeart, needs: "wishes.demand" },
      { key: "labels", to: "/labels", icon: IconQrcode, needs: "catalog.listForOffice" },
    ],
  },
  {
    key: "chain",
    pages: [
      { key: "promotions", to: "/promotions", icon: IconDiscount, needs: "promotions.list" },
      { key: "price_lists", to: "/price-lists", icon: IconCoin, needs: "prices.lists" },
      { key: "deposits", to: "/deposits", icon: IconBottle, needs: "deposits.list" },
      { key: "rounding", to: "/rounding", icon: IconMathFunction, needs: "rounding.list" },
      { key: "loyalty", to: "/loyalty", icon: IconGift, needs: "loyalty.program" },
      { key: "stores", to: "/stores", icon: IconBuildingStore, needs: "places.tree" },
      { key: "services", to: "/services", icon: IconCalendarCog, needs: "services.update" },
      { key: "tills", to: "/tills", icon: IconCashRegister, needs: "till.shifts" },
      { key: "journal", to: "/journal", icon: IconBook2, needs: "journal.registers" },
      { key: "delivery_methods", to: "/delivery-methods", icon: IconMapPinShare, needs: "deliveryMethods.update" },
      { key: "channels", to: "/channels", icon: IconPlugConnected, needs: "channels.list" },
      { key: "devices", to: "/devices", icon: IconDeviceTv, needs: "access.devices" },
      { key: "task_kinds", to: "/task-kinds", icon: IconAdjustments, needs: "taskKinds.list" },
      { key: "staff", to: "/staff", icon: IconId, needs: "access.listStaff" },
    ],
  },
  {
    key: "insights",
    pages: [
      { key: "continuity", to: "/insights/continuity", icon: IconRoute, needs: "continuity.read" },
      { key: "parity", to: "/same-everywhere", icon: IconEqual, needs: "parity.checks" },
    ],
  },
  {
    key: "house",
    pages: [
      { key: "imports", to: "/imports", icon: IconFileImport, needs: "imports.list" },
      { key: "exports", to: "/exports", icon: IconFileExport, needs: "exports.customers" },
      { key: "privacy", to: "/privacy", icon: IconLock, needs: "privacy.purposes" },
      { key: "matching", to: "/matching", icon: IconArrowsSplit2, needs: "customers.violations" },
      { key: "terms", to: "/terms", icon: IconMailOff, needs: "consent.suppressions" },
      { key: "messages", to: "/messages", icon: IconMail, needs: "messages.list" },
      { key: "failed", to: "/failed-events", icon: IconAlertTriangle, needs: "deadLetters.list" },
      { key: "quarantine", to: "/quarantine", icon: IconTool, needs: "quarantine.list" },
      { key: "health", to: "/health", icon: IconActivityHeartbeat, needs: "platform.report" },
      { key: "audit", to: "/audit", icon: IconShieldCheck, needs: "access.listAudit" },
    ],
  },
] as const satisfies readonly { readonly key: string; readonly pages: readonly OfficePage[] }[];

/** The place of the office that an address belongs to; undefined where there is none. */
export function pageAt(path: string): OfficePage | undefined {
  const pages: readonly OfficePage[] = PAGE_GROUPS.flatMap((group) => [...group.pages]);
  return pages.find(({ to }) => (to === "/" ? path === to : path === to || path.startsWith(`${to}/`)));
}

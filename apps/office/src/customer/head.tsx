import { ActionIcon, Button, Menu } from "@mantine/core";
import IconArrowsJoin from "@tabler/icons-react/dist/esm/icons/IconArrowsJoin.mjs";
import IconArrowsSplit2 from "@tabler/icons-react/dist/esm/icons/IconArrowsSplit2.mjs";
import IconDots from "@tabler/icons-react/dist/esm/icons/IconDots.mjs";
import IconDownload from "@tabler/icons-react/dist/esm/icons/IconDownload.mjs";
import IconFileDollar from "@tabler/icons-react/dist/esm/icons/IconFileDollar.mjs";
import IconLock from "@tabler/icons-react/dist/esm/icons/IconLock.mjs";
import IconShieldCheck from "@tabler/icons-react/dist/esm/icons/IconShieldCheck.mjs";
import IconTrash from "@tabler/icons-react/dist/esm/icons/IconTrash.mjs";
import { Link } from "@tanstack/react-router";
import type { CustomerPageView } from "@weft/contracts/client";
import { usePageTitle } from "@weft/ui/app/page-title.ts";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { ChannelIcon } from "@weft/ui/kit/channel-icon.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { download } from "../common/csv.ts";
import { fullName, wordOf } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { RequestDialog } from "../privacy/request-dialog.tsx";
import { t } from "../t.ts";
import { ApartDialog } from "./apart-dialog.tsx";
import styles from "./customer.module.css";
import { EraseDialog } from "./erase-dialog.tsx";
import { MergeDialog } from "./merge-dialog.tsx";

/** Who this is, in one line, and what can be done with the person's file. */
export function CustomerHead({ customer }: { readonly customer: CustomerPageView }) {
  const kinds = [...new Set(customer.records.map(({ channelKind }) => channelKind))];
  const name = fullName(customer) || t("office.customer.unnamed");
  usePageTitle(name);
  return (
    <header className={styles.head}>
      <div>
        <h1>
          {name}
          {customer.state === "active" ? null : (
            <Badge tone="warn">{wordOf(`office.customer.state.${customer.state}`, customer.state)}</Badge>
          )}
        </h1>
        <p className={styles.line}>
          <span className={styles.kinds}>
            {kinds.map((kind) => (
              <ChannelIcon key={kind} kind={kind} />
            ))}
          </span>
          <span>{t("office.customer.orders_points", { orders: customer.orderCount, points: formatNumber(customer.points) })}</span>
          {customer.lastSeen ? (
            <span>
              {t("office.customer.seen")} <TimeAgo at={customer.lastSeen.at} />
              {customer.lastSeen.placeName === null ? null : ` · ${customer.lastSeen.placeName}`}
            </span>
          ) : null}
        </p>
      </div>
      {customer.state === "erased" ? null : <Actions customer={customer} />}
    </header>
  );
}

type Dialog = "merge" | "apart" | "erase" | "request" | null;

function Actions({ customer }: { readonly customer: CustomerPageView }) {
  const may = useMay();
  const [dialog, setDialog] = useState<Dialog>(null);
  const close = (): void => setDialog(null);
  const hasMore = may("customers.keepApart") || may("customers.export") || may("customers.erase") || may("privacyRequests.create");
  return (
    <div className={styles.actions}>
      {may("carts.openForCustomer") ? (
        <Button
          variant="default"
          leftSection={<IconFileDollar size={16} stroke={1.75} aria-hidden />}
          renderRoot={(props) => <Link {...props} to="/offers" search={{ open: "new", customer: customer.id }} />}
        >
          {t("office.offer.new_cart")}
        </Button>
      ) : null}
      {may("customers.merge") ? (
        <Button variant="default" leftSection={<IconArrowsJoin size={16} stroke={1.75} aria-hidden />} onClick={() => setDialog("merge")}>
          {t("office.merge.open")}
        </Button>
      ) : null}
      {hasMore ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size="lg" aria-label={t("office.customer.more")}>
              <IconDots size={18} stroke={1.75} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {may("customers.keepApart") ? (
              <Menu.Item leftSection={<IconArrowsSplit2 size={16} aria-hidden />} onClick={() => setDialog("apart")}>
                {t("office.apart.open")}
              </Menu.Item>
            ) : null}
            {may("customers.export") ? (
              <Menu.Item leftSection={<IconDownload size={16} aria-hidden />} onClick={() => void exportCustomer(customer)}>
                {t("office.customer.export")}
              </Menu.Item>
            ) : null}
            {may("privacyRequests.create") ? (
              <Menu.Item leftSection={<IconLock size={16} aria-hidden />} onClick={() => setDialog("request")}>
                {t("office.privacy.take_down")}
              </Menu.Item>
            ) : null}
            {may("access.listAudit") ? (
              <Menu.Item
                leftSection={<IconShieldCheck size={16} aria-hidden />}
                renderRoot={(props) => <Link {...props} to="/audit" search={{ subject: `customer/${customer.id}` }} />}
              >
                {t("office.customer.who_read")}
              </Menu.Item>
            ) : null}
            {may("customers.erase") ? (
              <Menu.Item color="red.9" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setDialog("erase")}>
                {t("office.erase.open")}
              </Menu.Item>
            ) : null}
          </Menu.Dropdown>
        </Menu>
      ) : null}
      <MergeDialog customer={customer} isOpen={dialog === "merge"} onClose={close} />
      <ApartDialog customer={customer} isOpen={dialog === "apart"} onClose={close} />
      <RequestDialog customerId={customer.id} isOpen={dialog === "request"} onClose={close} />
      <EraseDialog customer={customer} isOpen={dialog === "erase"} onClose={close} />
    </div>
  );
}

async function exportCustomer({ id }: CustomerPageView): Promise<void> {
  try {
    const whole = await api.ask("customers.export", { params: { id } });
    download(`customer-${id}.json`, "application/json", JSON.stringify(whole, null, 2));
  } catch (error) {
    showToast(problemText(error));
  }
}

import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ParityDifferenceView } from "@weft/contracts/client";
import { showToast } from "@weft/ui/shop/toast.tsx";
import type { ReactElement } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";

type FixProps = { readonly fix: ParityDifferenceView["fix"]; readonly fixId: string | null; readonly channelId: string };

/** Where a difference is mended: a button that makes the feed anew, or the way to what it comes from. */
export function Fix({ fix, fixId, channelId }: FixProps): ReactElement | null {
  const target = targetOf(fix, fixId);
  if (fix === "renew_feed") return <RenewFeed channelId={channelId} />;
  if (target === null) return null;
  return <Link {...target}>{t(`office.parity.fix.${target.word}`)}</Link>;
}

function RenewFeed({ channelId }: { readonly channelId: string }): ReactElement | null {
  const may = useMay();
  const renew = useAct(() => api.ask("parity.start", { body: { placeId: null, renewFeedsOf: channelId } }), [["parity"]]);
  if (!may("parity.start")) return null;
  return (
    <Button
      size="compact-xs"
      variant="default"
      loading={renew.isPending}
      onClick={() => renew.act(undefined, () => showToast(t("office.parity.renewing")))}
    >
      {t("office.parity.fix.renew_feed")}
    </Button>
  );
}

function targetOf(fix: FixProps["fix"], id: string | null) {
  if (id === null) return null;
  switch (fix) {
    case "price_list":
      return { to: "/price-lists", search: { open: id }, word: "price_list" } as const;
    case "promotion":
      return { to: "/promotions", search: { open: id }, word: "promotion" } as const;
    case "product":
    case "assortment":
      return { to: "/catalog/$id", params: { id }, word: "product" } as const;
    case "channel":
      return { to: "/channels", search: { open: id }, word: "channel" } as const;
    case "store":
      return { to: "/stores", search: { open: id }, word: "store" } as const;
    default:
      return null;
  }
}

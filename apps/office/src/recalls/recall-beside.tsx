import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { RecallFiguresView } from "@weft/contracts/client";
import { formatBusinessDate, formatDateTime, formatNumber } from "@weft/ui/i18n/format.ts";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside } from "../common/beside.tsx";
import { Fact, Facts } from "../common/facts.tsx";
import form from "../common/form.module.css";
import { inLanguage } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { codesText } from "./codes-text.ts";
import { RECALLS_KEY, recallQuery } from "./queries.ts";
import { RecalledSales } from "./sales.tsx";

/** A recall: what it is, how many are out there, who was told, and what is left to do. */
export function RecallBeside({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const recall = useQuery(recallQuery(id));
  if (recall.isPending)
    return (
      <Beside title={t("office.recall.title")} onClose={onClose}>
        <ScreenSkeleton />
      </Beside>
    );
  if (recall.isError)
    return (
      <Beside title={t("office.recall.title")} onClose={onClose}>
        <ProblemNote error={recall.error} onRetry={recall.refetch} />
      </Beside>
    );
  const { name, reason, advice, soldFrom, announcedAt, announcedBy, liftedAt, told } = recall.data;
  return (
    <Beside title={inLanguage(name)} onClose={onClose}>
      <Facts>
        <Fact label={t("office.recall.which")}>{codesText(recall.data)}</Fact>
        <Fact label={t("office.recall.reason")}>{inLanguage(reason)}</Fact>
        <Fact label={t("office.recall.advice")}>{advice && inLanguage(advice)}</Fact>
        <Fact label={t("office.recall.sold_from")}>{soldFrom && formatBusinessDate(soldFrom, "day")}</Fact>
        <Fact label={t("office.recall.since")}>
          {[formatDateTime(announcedAt), announcedBy].filter((part) => part !== null).join(" · ")}
        </Fact>
        <Fact label={t("office.recall.lifted")}>{liftedAt && formatDateTime(liftedAt)}</Fact>
      </Facts>
      <Sold recall={recall.data} />
      <Told recall={recall.data} />
      {liftedAt === null ? <Lift id={id} /> : null}
      <RecalledSales id={id} unreached={told.noAddress + told.leftAlone + told.failed} />
    </Beside>
  );
}

type Shown = { readonly recall: RecallFiguresView };

const many = (count: number, unit: RecallFiguresView["unit"]): string =>
  unit === "gram" ? `${formatNumber(count / 1000, { maximumFractionDigits: 3 })} kg` : formatNumber(count);

/** How many are with their buyers, store by store. */
function Sold({ recall: { sold, unit, places, purchases } }: Shown) {
  if (purchases.known + purchases.unknown === 0) return <p>{t("office.recall.none_sold")}</p>;
  return (
    <>
      <h3>{t("office.recall.sold", { many: many(sold, unit) })}</h3>
      <Facts>
        {places.map((place) => (
          <Fact key={place.placeId ?? "none"} label={place.name ?? t("office.recall.no_place")}>
            {many(place.sold, unit)}
          </Fact>
        ))}
      </Facts>
      {purchases.unknown > 0 ? <p className={form.quiet}>{t("office.recall.unknown_buyers", { count: purchases.unknown })}</p> : null}
    </>
  );
}

/** Who was told, who could not be, and the button that begins it. */
function Told({ recall: { id, purchases, told, tellingSince, liftedAt } }: Shown) {
  const may = useMay();
  const tell = useAct(() => api.ask("recalls.tell", { params: { id } }), [RECALLS_KEY]);
  if (tellingSince === null)
    return liftedAt === null && may("recalls.tell") ? (
      <div className={form.form}>
        <p className={form.quiet}>{t("office.recall.tell_hint")}</p>
        <Button loading={tell.isPending} onClick={() => tell.act(undefined, () => showToast(t("office.recall.telling")))}>
          {t("office.recall.tell", { count: purchases.known })}
        </Button>
      </div>
    ) : null;
  return (
    <>
      <h3>{t("office.recall.told")}</h3>
      <Facts>
        <Fact label={t("office.recall.told.sent")}>{formatNumber(told.sent)}</Fact>
        <Fact label={t("office.recall.told.queued")}>{told.queued > 0 ? formatNumber(told.queued) : null}</Fact>
        <Fact label={t("office.recall.told.no_address")}>{told.noAddress > 0 ? formatNumber(told.noAddress) : null}</Fact>
        <Fact label={t("office.recall.told.left_alone")}>{told.leftAlone > 0 ? formatNumber(told.leftAlone) : null}</Fact>
        <Fact label={t("office.recall.told.failed")}>{told.failed > 0 ? formatNumber(told.failed) : null}</Fact>
      </Facts>
      <p className={form.quiet}>{t("office.recall.told_since", { at: formatDateTime(tellingSince) })}</p>
    </>
  );
}

/** Lifting lets it be sold again: people could be hurt by a wrong tap, so it is asked for twice. */
function Lift({ id }: { readonly id: string }) {
  const may = useMay();
  const [isSure, setSure] = useState(false);
  const lift = useAct(() => api.ask("recalls.lift", { params: { id } }), [RECALLS_KEY]);
  if (!may("recalls.lift")) return null;
  if (!isSure)
    return (
      <Button variant="default" onClick={() => setSure(true)}>
        {t("office.recall.lift")}
      </Button>
    );
  return (
    <div className={form.form} role="alert">
      <p>{t("office.recall.lift_sure")}</p>
      <div className={form.row}>
        <Button color="red" loading={lift.isPending} onClick={() => lift.act(undefined, () => showToast(t("office.recall.lifted_now")))}>
          {t("office.recall.lift_yes")}
        </Button>
        <Button variant="default" onClick={() => setSure(false)}>
          {t("office.account.cancel")}
        </Button>
      </div>
    </div>
  );
}

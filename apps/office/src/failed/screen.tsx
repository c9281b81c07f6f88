import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { DeadLetterView } from "@weft/contracts/client";
import { formatDateTime, formatNumber } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState, type ReactElement } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside, Part } from "../common/beside.tsx";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { Fact, Facts } from "../common/facts.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import form from "../common/form.module.css";
import { PAGE_ROWS, pagedQuery } from "../common/paged.ts";
import { SubjectText } from "../common/subject-text.tsx";
import { wordOf } from "../common/text.ts";
import { Raw } from "../common/raw.tsx";
import { failedRoute } from "../routes.tsx";
import { WAITING_STATES } from "../searches.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";

const lettersQuery = (state: DeadLetterView["state"]) =>
  pagedQuery(["dead letters", state], (page, signal) =>
    api.ask("deadLetters.list", { query: { ...page, state, limit: PAGE_ROWS }, signal }),
  );

/** Events that a listener could not process: nothing is lost, and each can be given again once its cause is mended. */
export function FailedScreen(): ReactElement {
  const { open, ...filters } = failedRoute.useSearch();
  const state = filters.state ?? "waiting";
  const navigate = failedRoute.useNavigate();
  const letters = useInfiniteQuery(lettersQuery(state));
  const letter = letters.data?.pages.flatMap((page) => page.items).find(({ id }) => id === open);
  const close = (): void => void navigate({ search: filters, replace: true });
  return (
    <Page
      title={t("office.nav.failed")}
      actions={
        <FilterChoice
          label={t("office.orders.state")}
          value={state}
          options={WAITING_STATES.map((each) => ({ value: each, label: t(`office.waiting.${each}`) }))}
          onChange={(next) => void navigate({ search: { state: next }, replace: true })}
        />
      }
      beside={letter ? <LetterBeside key={letter.id} letter={letter} onClose={close} /> : null}
    >
      <p className={form.quiet}>{t("office.failed.intro")}</p>
      <PagedTable
        query={letters}
        label={t("office.nav.failed")}
        people={null}
        columns={columns()}
        rowKey={({ id }) => id}
        linkOf={({ id }) => ({ to: "/failed-events", search: { ...filters, open: id } })}
        openKey={open}
        empty={
          state === "waiting"
            ? { title: t("office.failed.none"), text: t("office.failed.none_text") }
            : { title: t("office.failed.none_other") }
        }
      />
    </Page>
  );
}

function columns(): Column<DeadLetterView>[] {
  return [
    { key: "type", label: t("office.failed.event"), cell: ({ eventType }) => <code>{eventType}</code>, text: ({ eventType }) => eventType },
    {
      key: "subscriber",
      label: t("office.failed.subscriber"),
      cell: ({ subscriber }) => partOf(subscriber),
      text: ({ subscriber }) => subscriber,
    },
    {
      key: "subject",
      label: t("office.failed.subject"),
      isMinor: true,
      cell: ({ subject }) => <SubjectText subject={subject} />,
      text: ({ subject }) => subject,
    },
    {
      key: "attempts",
      label: t("office.failed.attempts"),
      align: "end",
      isMinor: true,
      cell: ({ attempts }) => formatNumber(attempts),
      text: ({ attempts }) => attempts,
    },
    { key: "at", label: t("office.when"), cell: ({ at }) => <TimeAgo at={at} />, text: ({ at }) => at },
  ];
}

/** What a part of the hub does, in words: `messages.orders` writes to customers. */
function partOf(subscriber: string): string {
  const [name = ""] = subscriber.split(".");
  return wordOf(`office.failed.part.${name}`, subscriber);
}

function LetterBeside({ letter, onClose }: { readonly letter: DeadLetterView; readonly onClose: () => void }) {
  const may = useMay();
  const [isDiscarding, setDiscarding] = useState(false);
  const replay = useAct(() => api.ask("deadLetters.replay", { params: { id: letter.id } }), [["dead letters"], ["health"]]);
  const discard = useAct(() => api.ask("deadLetters.discard", { params: { id: letter.id } }), [["dead letters"], ["health"]]);
  return (
    <Beside title={letter.eventType} onClose={onClose}>
      <Facts>
        <Fact label={t("office.failed.subscriber")}>
          {partOf(letter.subscriber)} <code>{letter.subscriber}</code>
        </Fact>
        <Fact label={t("office.failed.subject")}>
          <SubjectText subject={letter.subject} />
        </Fact>
        <Fact label={t("office.failed.position")}>{formatNumber(letter.position)}</Fact>
        <Fact label={t("office.failed.attempts")}>{formatNumber(letter.attempts)}</Fact>
        <Fact label={t("office.when")}>{formatDateTime(letter.at)}</Fact>
      </Facts>
      <Part title={t("office.failed.error")}>
        <Raw label={t("office.failed.error")} text={letter.error} />
      </Part>
      {letter.state === "waiting" && may("deadLetters.replay") ? (
        <div className={form.row}>
          <Button loading={replay.isPending} onClick={() => replay.act(undefined, () => showToast(t("office.failed.replayed")))}>
            {t("office.failed.replay")}
          </Button>
          {isDiscarding ? (
            <>
              <p>{t("office.failed.discard_text")}</p>
              <Button
                color="red.9"
                loading={discard.isPending}
                onClick={() => discard.act(undefined, () => showToast(t("office.failed.discarded")))}
              >
                {t("office.failed.discard_sure")}
              </Button>
            </>
          ) : (
            <Button variant="default" onClick={() => setDiscarding(true)}>
              {t("office.failed.discard")}
            </Button>
          )}
        </div>
      ) : null}
    </Beside>
  );
}

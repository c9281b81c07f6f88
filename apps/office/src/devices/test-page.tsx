import { Button } from "@mantine/core";
import type { EquipmentView, TestPrintView } from "@weft/contracts/client";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { equipmentQuery, troubleOf } from "./query.ts";

/** What became of a page: printed, not printed and why, or nobody answered. */
export const testWords = ({ state, problem }: TestPrintView): string =>
  problem === null ? t(`office.devices.test.${state}`) : t("office.devices.test.failed", { why: troubleOf(problem) });

/** Has a till print a page from here, and says what became of it. */
export function TestPage({ of: { registerId, registerName, test } }: { readonly of: EquipmentView }) {
  const may = useMay();
  const ask = useAct(() => api.ask("till.askTestPrint", { params: { id: registerId } }), [equipmentQuery.queryKey]);
  const isAsked = test?.state === "asked";
  return (
    <>
      {may("till.askTestPrint") ? (
        <Button
          size="xs"
          variant="default"
          loading={ask.isPending || isAsked}
          aria-label={t("office.devices.test.ask_at", { register: registerName })}
          onClick={() => ask.mutate(undefined)}
        >
          {t("office.devices.test.ask")}
        </Button>
      ) : null}{" "}
      <small role="status">
        {test === null ? null : (
          <>
            {testWords(test)} <TimeAgo at={test.endedAt ?? test.askedAt} />
          </>
        )}
      </small>
    </>
  );
}

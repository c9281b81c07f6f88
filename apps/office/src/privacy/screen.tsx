import { SegmentedControl } from "@mantine/core";
import type { OperationId } from "@weft/contracts/client";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import type { ReactElement } from "react";
import { privacyRoute } from "../routes.tsx";
import { PRIVACY_PARTS, type PrivacyPart } from "../searches.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { Exports } from "./exports.tsx";
import { Notices } from "./notices.tsx";
import { Purposes } from "./purposes.tsx";
import { OpenRequest } from "./request-beside.tsx";
import { Requests } from "./requests.tsx";
import styles from "./privacy.module.css";
import { Retention } from "./retention.tsx";

const NEEDS: Readonly<Record<PrivacyPart, OperationId>> = {
  requests: "privacyRequests.list",
  purposes: "privacy.purposes",
  notices: "notices.list",
  retention: "privacy.retention",
  exports: "privacy.exports",
};

/** What the privacy officers answer for: what people ask, what their data is used for, what they were told, what goes and what left. */
export function PrivacyScreen(): ReactElement {
  const search = privacyRoute.useSearch();
  const navigate = privacyRoute.useNavigate();
  const may = useMay();
  const parts = PRIVACY_PARTS.filter((part) => may(NEEDS[part]));
  const part = parts.find((one) => one === search.part) ?? parts[0];
  return (
    <Page
      title={t("office.nav.privacy")}
      actions={
        <div className={styles.parts}>
          <SegmentedControl
            size="xs"
            style={{ flexWrap: "wrap" }}
            aria-label={t("office.nav.privacy")}
            data={parts.map((value) => ({ value, label: t(`office.privacy.part.${value}`) }))}
            value={part ?? ""}
            onChange={(next) => void navigate({ search: { part: parts.find((one) => one === next) }, replace: true })}
          />
        </div>
      }
      beside={part === "requests" && search.open !== undefined ? <OpenRequest key={search.open} id={search.open} /> : null}
    >
      {part === "requests" ? <Requests /> : null}
      {part === "purposes" ? <Purposes /> : null}
      {part === "notices" ? <Notices /> : null}
      {part === "retention" ? <Retention /> : null}
      {part === "exports" ? <Exports /> : null}
    </Page>
  );
}

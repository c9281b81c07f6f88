import { Page, Section } from "@weft/ui/kit/app-frame.tsx";
import { homeRoute } from "../routes.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { useFollowDay } from "./follow.ts";
import { Goods } from "./goods.tsx";
import { Sales } from "./sales.tsx";
import { Now, Queues } from "./now.tsx";
import { ScopeChoice } from "./scope-choice.tsx";
import { Screens } from "./screens.tsx";
import { Signals } from "./signals.tsx";
import { TaskCounts } from "./task-counts.tsx";
import { Tills } from "./tills.tsx";
import { Collections, Risks } from "./work.tsx";
import styles from "./home.module.css";

/** The start of the office, for a phone in a store first: what must I do now, how does the day go, and is something wrong? */
export function HomeScreen() {
  const may = useMay();
  const scope = homeRoute.useSearch();
  const navigate = homeRoute.useNavigate();
  useFollowDay(scope);
  return (
    <Page
      title={t("office.today.title")}
      actions={<ScopeChoice scope={scope} onChange={(next) => void navigate({ search: next, replace: true })} />}
    >
      {may("today.now") ? <Now scope={scope} /> : null}
      {may("platform.report") || may("customers.matches") ? (
        <Section title={t("office.home.signals")}>
          <Signals />
        </Section>
      ) : null}
      <div className={styles.parts}>
        <div>
          {may("today.work") ? <Collections scope={scope} /> : null}
          {may("today.now") ? <Queues scope={scope} /> : null}
          {may("today.tills") ? <Tills scope={scope} /> : null}
          {may("access.devices") ? <Screens scope={scope} /> : null}
        </div>
        <div>
          {may("today.work") ? <Risks scope={scope} /> : null}
          {may("today.goods") ? <Goods scope={scope} /> : null}
          {may("tasks.counts") ? <TaskCounts scope={scope} /> : null}
        </div>
      </div>
      {may("today.sales") ? <Sales scope={scope} /> : null}
    </Page>
  );
}

import { Title } from "@mantine/core";
import { t } from "../t.ts";

/** The start screen of the office. */
export function HomeScreen() {
  return (
    <section aria-labelledby="home-title">
      <Title id="home-title" order={1} size="h2">
        {t("office.home.title")}
      </Title>
    </section>
  );
}

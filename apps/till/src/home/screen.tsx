import { Title } from "@mantine/core";
import { t } from "../t.ts";

/** The start screen of the till. */
export function HomeScreen() {
  return (
    <section aria-labelledby="home-title">
      <Title id="home-title" order={1} size="h2">
        {t("till.home.title")}
      </Title>
    </section>
  );
}

import type { CartLineView } from "@weft/contracts/client";
import { useTicket } from "../ticket/ticket.ts";
import { t } from "../t.ts";
import { courseOf, COURSES, sentOf } from "./courses.ts";
import { setCourse } from "./tab.ts";
import styles from "./tab.module.css";

/** In which course a line comes, and that it went to the stations. */
export function LineCourse({ line: { id, quantity } }: { readonly line: CartLineView }) {
  const { tab } = useTicket();
  if (!tab) return null;
  const [course, sent] = [courseOf(tab, id), sentOf(tab, id)];
  const said = [
    course === 0 ? "" : t("till.tables.course", { course }),
    sent === 0 ? "" : sent >= quantity ? t("till.tables.sent") : t("till.tables.sent_some", { count: sent }),
  ].filter((text) => text !== "");
  return said.length === 0 ? null : <small>{said.join(" · ")}</small>;
}

/** A tap says the course of a line. */
export function CourseChoice({ line, name }: { readonly line: CartLineView; readonly name: string }) {
  const { tab } = useTicket();
  if (!tab || line.service || line.elsewhere) return null;
  const chosen = courseOf(tab, line.id);
  return (
    <div className={styles.courses} role="group" aria-label={t("till.tables.course_of", { what: name })}>
      {COURSES.map((course) => (
        <button key={course} type="button" aria-pressed={course === chosen} onClick={() => setCourse(line.id, course)}>
          {course === 0 ? t("till.tables.now") : t("till.tables.course", { course })}
        </button>
      ))}
    </div>
  );
}

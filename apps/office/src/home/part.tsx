import type { UseQueryResult } from "@tanstack/react-query";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import type { ReactNode } from "react";

type PartProps<Answer> = {
  readonly title: string;
  readonly query: UseQueryResult<Answer>;
  readonly actions?: ReactNode;
  /** The room that is kept while the answer is on its way. */
  readonly height: string;
  readonly children: (answer: Answer) => ReactNode;
};

/** A part of the day: on its way, failed, or there. What was there stays while it is asked again. */
export function Part<Answer>({ title, query, actions, height, children }: PartProps<Answer>) {
  return (
    <Section title={title} actions={actions}>
      {query.data !== undefined ? (
        children(query.data)
      ) : query.isError ? (
        <ProblemNote error={query.error} onRetry={query.refetch} />
      ) : (
        <Skeleton height={height} />
      )}
    </Section>
  );
}

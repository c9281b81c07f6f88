// impure: clock
export const age = (then: Date) => new Date().getTime() - then.getTime();

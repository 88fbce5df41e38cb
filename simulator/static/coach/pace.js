// How fast the coach works.

export const SPEEDS = { slow: 2, normal: 1, fast: 0.4 };
export const NEXT_SPEED = { slow: "normal", normal: "fast", fast: "slow" };

export const pause = (ms) => new Promise((resolve) => { window.setTimeout(resolve, ms); });

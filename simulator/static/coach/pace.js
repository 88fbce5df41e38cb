// How fast the coach works, and how often it looks.

export const SPEEDS = { slow: 2, normal: 1, fast: 0.4 };
export const NEXT_SPEED = { slow: "normal", normal: "fast", fast: "slow" };

export const pause = (ms) => new Promise((resolve) => { window.setTimeout(resolve, ms); });

// Return a function that has ``look`` called once before the page is painted again, however often it is called.
export function oncePerFrame(look) {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    window.requestAnimationFrame(() => {
      isDue = false;
      look();
    });
  };
}

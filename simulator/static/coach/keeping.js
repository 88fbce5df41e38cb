// What a browser keeps for a page. It may refuse: then nothing is kept, and the page goes on without it.

export function kept(store, name) {
  try {
    return window[store].getItem(name);
  } catch (error) {
    return null;
  }
}

export function keep(store, name, value) {
  try {
    window[store].setItem(name, value);
  } catch (error) {
    // Nothing is kept.
  }
}

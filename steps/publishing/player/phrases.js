// The sentences of the player alone. All that the coach says too stands in its own words, or comes with the book.

export const CHOOSE = "練習を選ぶ";
export const GO_ON = "途中から続ける";
export const RESTART = "記録を消す";
export const KEYBOARD = "この体験版では、キーボードで入力します";
export const NEW_WINDOW = "新しいウィンドウ";
export const BEHIND = "後ろのウィンドウ";
export const QUESTION = "確認のダイアログ";

export const notHere = (name) => `この手順では「${name}」をクリックしません`;
export const inRow = (row, name) => `${row}の行の「${name}」`;

// The sentences that only a page can make: of windows, of what is typed just now, of a server that does not answer.

export const PANEL = "訓練の案内";
export const FOLD = "たたむ";
export const UNFOLD = "開く";
export const CLOSE = "閉じる";
export const COPY = "コピー";
export const COPIED = "コピーしました";
export const SELECTED = "選択しました。Ctrl+C でコピーできます。";
export const CLICK_HERE = "ここをクリック";
export const AS_SAMPLE = "✓ 見本のとおりです";
export const ENTERED = "✓ 入力できました";
export const TWO_DIFFER = "2か所の入力が違います";
export const TO_MEND = "直すところ";
export const SAMPLE = "見本";
export const TYPED = "入力";
export const WITHOUT_BLANKS = "空白を取る";
export const NOT_ASKED = "課題にない項目です";
export const TO_TYPE = "入力する内容";
export const TO_TICK = "チェックする項目";
export const TO_COMPARE = "画面と見比べる内容";
export const MANUAL = "マニュアルを開く";
export const HOME = "わたしの訓練に戻る";
export const OPEN_HOME_PAGE = "当金庫ホームページを開く";
export const TASK = "課題を見る";
export const LEFT = "残り時間";
export const NEWS = "講師からのお知らせがあります";
export const HERE = "この画面";
export const NEXT = "次";
export const HOLD = "一時停止";
export const GO_ON = "続ける";
export const ONE = "1つ進む";
export const SPEED = { slow: "速さ：ゆっくり", normal: "速さ：標準", fast: "速さ：速い" };
export const DOING = "案内が操作しています";
export const ANSWER_OK = "次に表示される確認で［OK］をクリックしてください。";
const WRONG_LETTER = { upper: "大文字になっています", lower: "小文字になっています" };

export const who = (name) => `操作する人：${name}`;
export const typedSoFar = (done, all) => `${done}／${all} 入力済み`;
export const ticked = (done, all) => `${done}／${all}`;
export const tickedOf = (done, all) => (done ? `${all}つのうち${done}つ済み` : `${all}つのうち0`);
export const of = (at, all) => `${at}／${all}`;
export const stepsOf = (at, all) => `${all}ステップのうち${at}`;
export const following = (words) => `続けて　${words}`;
export const clock = (left) => `${Math.floor(left / 60)}分${String(left % 60).padStart(2, "0")}秒`;
export const copyOf = (word) => `${word}をコピー`;
export const notFound = (label) => `「${label}」が見つかりません。画面をお確かめください。`;

// What is amiss in a text that was not sent yet. kind: as compare.js has it.
export function warned({ kind, place, to }) {
  switch (kind) {
    case "blank-end": return "最後に空白が入っています";
    case "blank-start": return "最初に空白が入っています";
    case "blank-inside": return `${place}文字目に空白が入っています`;
    case "full": return `${place}文字目が全角です`;
    default: return WRONG_LETTER[to];
  }
}

const there = (below) => (below ? "この画面の下にあります" : "この画面の上にあります");

// Return where something is that is out of view. label: of a field, "" for another thing; more: how many fields
// that were refused there are besides the one that is due.
export function whereIs(label, below, more = 0) {
  if (more) return `直す欄がもう${more}つ、${below ? "下" : "上"}にあります`;
  return label ? `${label}の欄は、${there(below)}` : `次の操作は、${there(below)}`;
}

export const toField = (below) => (below ? "↓ その欄へ" : "↑ その欄へ");
export const nextField = "次の欄：";
export const nextThing = "次の操作：";

const box = (id, tone, title, lines, more = {}) => ({
  id, tone, title, key: id, lines, items: [], faults: [], facts: [], spell: "", buttons: [], small: [], left: "", ...more,
});

export const noServer = () =>
  box("no_server", "wait", "サーバに接続できません", ["自動でつなぎ直しています。入力した内容は残っています。"]);

export const over = () => box("elsewhere", "wait", "この練習は終了しています",
  ["わたしの訓練から、次の練習を始めてください。"], { buttons: [{ id: "home", label: HOME, main: true }] });

export const yourClick = (label) => box("person", "wait", `「${label}」をクリックしてください`,
  ["新しいウィンドウは、ご本人がクリックしたときだけ開きます。開いた後は、見本が続きます。"]);

export const yourClickInstead = (label) => box("person", "wait", `「${label}」をクリックしてください`,
  ["新しいウィンドウは、ご本人がクリックしたときだけ開きます。"]);

export const yourTurn = (text) => box("person", "wait", text, []);

export const resumed = (text) => box("resumed", "good", text, []);

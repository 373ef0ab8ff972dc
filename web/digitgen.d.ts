/** The names of the models that come with the package, the default first. */
export const modelNames: string[];

/** A request that cannot be drawn, or a model that cannot be read. The message is a sentence for people. */
export class DigitgenError extends Error {}

/** What a page loads. */
export interface LoadOptions {
  /** The model to begin with; the first of `modelNames` unless it is given. */
  model?: string;
  /** The package's files by name, where they are at hand and should not be fetched. */
  files?: Record<string, Uint8Array>;
}

/** Whose hand digits are in. The options of requests have the names of the command's. */
export interface HandOptions {
  /** A loaded model; the one that was loaded first unless it is given. */
  model?: string;
  /** Equal seeds give equal images; a random one unless it is given. */
  seed?: number | bigint;
  /** The number of the hand that all images are in. */
  style?: number | bigint;
  /** How far digits stray from their hand, 0 to 1; as people's digits do unless it is given. */
  vary?: number;
  /** The digits' lean in degrees, positive to the right. */
  slant?: number;
  /** The strokes' width in parts of the digit's height. */
  thickness?: number;
  /** The digits' width in parts of their height. */
  width?: number;
}

/** What a request for digits in cells asks for. */
export interface DrawOptions extends HandOptions {
  /** Images; 1 unless it is given. */
  count?: number;
  /** The number of the first image; 0 unless it is given, and together with `count` at most 2^31 - 1. */
  first?: number;
  /** From one hand to another or, without a text, from one digit to another, in `count` images. */
  morph?: [number, number];
  /** Pixels along a side of a digit, 8 to 2048, drawn from its outline; 28, as MNIST has them, unless it is given. */
  size?: number;
  /**
   * The only image to draw, by its number, which is one of the request's: with `morph`, a step of the way. The command
   * lacks it.
   */
  only?: number;
}

/** What a request for a line asks for. */
export interface LineOptions extends HandOptions {
  /** The number of the line under its seed; 0 unless it is given. */
  first?: number;
  /** Pixels down the picture, 16 to 1024; 48 unless it is given. */
  height?: number;
  /** Pixels across the picture, 16 to 65536, with paper on the right; as wide as the line unless it is given. */
  across?: number;
  /** Pixels of paper around the ink; a twelfth of the height unless it is given. */
  margin?: number;
  /** The mean distance of neighbours in percent of a digit's height, 0 to 200; 16 unless it is given. */
  spacing?: number;
  /** How much lines rise or fall, in percent of their length, 0 to 20; 2 unless it is given. */
  slope?: number;
  /** Neighbouring digits that touch, in percent, 0 to 100; 4 unless it is given. */
  touch?: number;
  /** How far digits stray up and down, in percent of a digit's height, 0 to 50; 3 unless it is given. */
  wander?: number;
  /** The level of ink, 0 to 255; 255 unless it is given. */
  ink?: number;
  /** The level of paper, 0 to 255; 0 unless it is given. */
  paper?: number;
  /** True for black on white. */
  invert?: boolean;
  /** True for a printed comb of boxes, as on forms. */
  boxes?: boolean;
}

/** Drawn images, all of one size. */
export interface Drawing {
  /** One image after the other, each row by row from the top; 0 is paper, 255 ink. */
  pixels: Uint8Array;
  count: number;
  /** Pixels across: as many times the width of a digit as the text has digits. */
  width: number;
  height: number;
  /** The seed that drew them. */
  seed: number | bigint;
}

/** A drawn line. */
export interface Line {
  /** Row by row from the top. */
  pixels: Uint8Array;
  width: number;
  height: number;
  /** The text without spaces at its ends. */
  text: string;
  /** x, y, width and height in pixels for each character that is not a space, in order, tight around its ink. */
  boxes: [number, number, number, number][];
  /** The seed that drew it. */
  seed: number | bigint;
}

/** The outlines of a line, in pixels of its picture. */
export interface LineOutlines {
  /**
   * Each character that is not a space, in order: SVG path data of its ink, to be filled by the even-odd rule, or of
   * the strokes of a pen with round ends that is `pen` wide.
   */
  characters: { d: string; pen?: number }[];
  /** The path data of printed boxes; empty without any. */
  printed: string;
  width: number;
  height: number;
  seed: number | bigint;
}

/** The outlines of digits, to be filled by the even-odd rule. */
export interface Outlines {
  /** SVG path data of each digit, in a square of its own; empty without ink. */
  paths: string[];
  /** The side of the squares. */
  size: number;
  seed: number | bigint;
}

/** The facts about a model. */
export interface ModelFacts {
  name: string;
  /** SHA-256 of the safetensors file inside the bundle. */
  sha256: string;
  /** The digits that it draws; empty for a model that takes none. */
  digits: string;
  drawsInk: boolean;
  hasHands: boolean;
  obeysStyle: boolean;
  /** For each of `digits`, the least and the greatest value of each measure; only of a model that obeys a style. */
  styles?: Record<'slant' | 'thickness' | 'width', [number, number]>[];
  /** `simd128` or `scalar`. */
  instructionSet: string;
}

/** The functions of a loaded module. */
export class Digitgen {
  /** The facts about each loaded model, by name. */
  readonly models: Record<string, ModelFacts>;
  /** Loads another model of the package. */
  load(name: string): Promise<ModelFacts>;
  /** Adds a model from the bytes of the safetensors file inside its bundle. */
  add(name: string, bytes: Uint8Array): ModelFacts;
  /** Draws the images of a request; the same bytes as `digitgen TEXT --format raw`. */
  draw(text: string, options?: DrawOptions): Drawing;
  /**
   * Draws a line, by a model that draws ink: a text of digits, spaces and `-.,/:+()` in one hand; the same bytes as
   * `digitgen TEXT --height 48`.
   */
  line(text: string, options?: LineOptions): Line;
  /** The outlines of a line, whatever its levels. */
  lineOutlines(text: string, options?: LineOptions): LineOutlines;
  /** The outlines of a request's digits, by a model that draws ink. */
  outlines(text: string, options?: DrawOptions): Outlines;
}

/** Loads the module and a model. */
export function loadDigitgen(options?: LoadOptions): Promise<Digitgen>;

/** A random seed, as the command takes one: below 2^53. */
export function randomSeed(): number;

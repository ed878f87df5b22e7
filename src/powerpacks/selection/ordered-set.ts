// A set of members in order by load, which finds the least busy one without looking at the others: a treap. Pure but for being changed.
import { type Busyness, hasSentLess } from './candidate.ts';

/** From left to right: the members that have sent least first. */
interface Node<Member> {
  readonly member: Member;
  /** At least that of the nodes below. */
  readonly weight: number;
  left: Tree<Member>;
  right: Tree<Member>;
  /** The earliest free moment of this node and those below it. */
  soonestMs: number;
}

type Tree<Member> = Node<Member> | undefined;

/**
 * Members in order. Adding, removing and asking cost the logarithm of the size; asking costs more where members are left out. A load
 * must not change while its member is in a set.
 */
export class OrderedSet<Member extends Busyness> {
  #root: Tree<Member>;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds a member that is not in the set. */
  add(member: Member): void {
    const weight = weightOf(member.numberOrder);
    const node = { member, weight, left: undefined, right: undefined, soonestMs: member.freeAtMs };
    this.#root = insert(this.#root, node);
    this.#size += 1;
  }

  /** Removes a member that is in the set and has not changed since it was added. */
  remove(member: Member): void {
    this.#root = remove(this.#root, member);
    this.#size -= 1;
  }

  /**
   * Returns the least busy member at a moment (`isLessBusy`), without those that are left out.
   * @throws Error where no member is left.
   */
  first(nowMs: number, isLeftOut: (member: Member) => boolean): Member {
    // Where no member is free yet, the one that has sent least of those that are free first.
    const freeMs = Math.max(nowMs, this.#root?.soonestMs ?? nowMs);
    const member =
      leftmostFree(this.#root, freeMs, isLeftOut) ??
      soonestFree(this.#root, Number.POSITIVE_INFINITY, isLeftOut);
    if (member === undefined) throw new Error('no member is left in the order');
    return member;
  }
}

/** Returns the leftmost member that is free at a moment. */
function leftmostFree<Member extends Busyness>(
  node: Tree<Member>,
  freeMs: number,
  isLeftOut: (member: Member) => boolean,
): Member | undefined {
  if (node === undefined || node.soonestMs > freeMs) return undefined;
  const left = leftmostFree(node.left, freeMs, isLeftOut);
  if (left !== undefined) return left;
  if (node.member.freeAtMs <= freeMs && !isLeftOut(node.member)) return node.member;
  return leftmostFree(node.right, freeMs, isLeftOut);
}

/** Returns the member that is free first, the leftmost of several, if that is before a moment. */
function soonestFree<Member extends Busyness>(
  node: Tree<Member>,
  beforeMs: number,
  isLeftOut: (member: Member) => boolean,
): Member | undefined {
  if (node === undefined || node.soonestMs >= beforeMs) return undefined;
  let best = soonestFree(node.left, beforeMs, isLeftOut);
  if (node.member.freeAtMs < (best?.freeAtMs ?? beforeMs) && !isLeftOut(node.member)) best = node.member;
  return soonestFree(node.right, best?.freeAtMs ?? beforeMs, isLeftOut) ?? best;
}

function insert<Member extends Busyness>(node: Tree<Member>, added: Node<Member>): Node<Member> {
  if (node === undefined) return added;
  if (added.weight > node.weight) {
    [added.left, added.right] = split(node, added.member);
    return withSoonest(added);
  }
  if (hasSentLess(added.member, node.member)) node.left = insert(node.left, added);
  else node.right = insert(node.right, added);
  return withSoonest(node);
}

function remove<Member extends Busyness>(node: Tree<Member>, member: Member): Tree<Member> {
  if (node === undefined) return undefined;
  if (node.member === member) return merge(node.left, node.right);
  if (hasSentLess(member, node.member)) node.left = remove(node.left, member);
  else node.right = remove(node.right, member);
  return withSoonest(node);
}

/** Returns a tree divided into the members before a member and those behind it. */
function split<Member extends Busyness>(
  node: Tree<Member>,
  member: Member,
): [before: Tree<Member>, behind: Tree<Member>] {
  if (node === undefined) return [undefined, undefined];
  if (hasSentLess(node.member, member)) {
    const [before, behind] = split(node.right, member);
    node.right = before;
    return [withSoonest(node), behind];
  }
  const [before, behind] = split(node.left, member);
  node.left = behind;
  return [before, withSoonest(node)];
}

/** Returns two trees joined, all of `left` being before all of `right`. */
function merge<Member extends Busyness>(left: Tree<Member>, right: Tree<Member>): Tree<Member> {
  if (left === undefined || right === undefined) return left ?? right;
  if (left.weight > right.weight) {
    left.right = merge(left.right, right);
    return withSoonest(left);
  }
  right.left = merge(left, right.left);
  return withSoonest(right);
}

/** Returns the node with its `soonestMs` made right after a change below it. */
function withSoonest<Member extends Busyness>(node: Node<Member>): Node<Member> {
  let soonestMs = node.member.freeAtMs;
  if (node.left !== undefined && node.left.soonestMs < soonestMs) soonestMs = node.left.soonestMs;
  if (node.right !== undefined && node.right.soonestMs < soonestMs) soonestMs = node.right.soonestMs;
  node.soonestMs = soonestMs;
  return node;
}

/** Returns a weight without an order of its own, as a treap needs it: the number's bits, mixed (finalizer of MurmurHash3). No dice. */
function weightOf(numberOrder: number): number {
  let bits = numberOrder + 1;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

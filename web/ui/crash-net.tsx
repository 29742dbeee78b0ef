/** Catches what a page throws while rendering: a sentence and a way on instead of a white page. Called by both web apps' parts. */
import { Component, type ReactNode } from 'react';

interface CrashNetProps {
  children: ReactNode;
  /** shown instead */
  broken: ReactNode;
}

export class CrashNet extends Component<CrashNetProps, { isBroken: boolean }> {
  override state = { isBroken: false };
  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }
  override componentDidCatch(error: unknown): void {
    console.error(error);
  }
  override render(): ReactNode {
    return this.state.isBroken ? this.props.broken : this.props.children;
  }
}

// Running text as Markdown, which anyone may have written: without HTML, without pictures, links to the web only.
import { Children, isValidElement, type ReactNode } from 'react';
import ReactMarkdown from 'react-markdown';
import { Command } from '../copy';
import classes from './markdown.module.css';

const elements =
  'p a strong em del code pre ul ol li blockquote h1 h2 h3 h4 h5 h6 hr br table thead tbody tr th td'.split(' ');

function webOnly(address: string): string {
  return /^https?:\/\//i.test(address) ? address : '';
}

interface MarkdownProps {
  text: string;
  /** Makes an address of the text one of the app's own (`#/...`); what it does not know leads nowhere. */
  inApp?: (address: string) => string | undefined;
  /** Blocks of code are commands, a line each: they can be copied. */
  commands?: boolean;
}

export function Markdown({ text, inApp, commands = false }: MarkdownProps) {
  return (
    <div className={classes.text}>
      <ReactMarkdown
        allowedElements={elements}
        unwrapDisallowed
        skipHtml
        urlTransform={(address) => inApp?.(address) ?? webOnly(address)}
        components={{
          a: ({ href, children }) => {
            if (!href) return <span>{children}</span>;
            if (href.startsWith('#/')) return <a href={href}>{children}</a>;
            return (
              <a href={href} target="_blank" rel="noopener noreferrer">
                {children}
              </a>
            );
          },
          // The page has headings of its own above these.
          h1: ({ children }) => <h3>{children}</h3>,
          h2: ({ children }) => <h3>{children}</h3>,
          pre: ({ children }) =>
            commands ? (
              <div className={classes.commands}>
                {linesOf(children).map((line) => (
                  <Command key={line} text={line} />
                ))}
              </div>
            ) : (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
              <pre tabIndex={0}>{children}</pre>
            ),
        }}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}

/** The lines of a block: its only child is the code. */
function linesOf(children: ReactNode): string[] {
  const [code] = Children.toArray(children);
  const text = isValidElement<{ children?: ReactNode }>(code) ? code.props.children : '';
  return String(text).split('\n').filter(Boolean);
}

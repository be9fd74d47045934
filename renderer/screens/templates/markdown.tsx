// Documentation of templates, which anyone may have written: Markdown without HTML, without pictures, links to the web only.
import ReactMarkdown from 'react-markdown';
import classes from './markdown.module.css';

const elements = 'p a strong em del code pre ul ol li blockquote h1 h2 h3 h4 h5 h6 hr br'.split(' ');

function webOnly(address: string): string {
  return /^https?:\/\//i.test(address) ? address : '';
}

export default function Markdown({ text }: { text: string }) {
  return (
    <div className={classes.text}>
      <ReactMarkdown
        allowedElements={elements}
        unwrapDisallowed
        skipHtml
        urlTransform={webOnly}
        components={{
          a: ({ href, children }) =>
            href ? (
              <a href={href} target="_blank" rel="noopener noreferrer">
                {children}
              </a>
            ) : (
              <span>{children}</span>
            ),
          // The page has headings of its own above these.
          h1: ({ children }) => <h3>{children}</h3>,
          h2: ({ children }) => <h3>{children}</h3>,
          pre: ({ children }) => (
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

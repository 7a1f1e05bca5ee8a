"""From articles to answers: words, publishing, engines behind one seam, search and suggestions."""

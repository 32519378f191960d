"""The look: colours that can be read, style sheets that keep the rules, parts that say things."""

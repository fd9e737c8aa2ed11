"""Every decision of the fake PingOne, by area: correct value, grade and source beside each."""
